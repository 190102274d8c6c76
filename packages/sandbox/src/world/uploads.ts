import { createHash } from 'node:crypto';
import type { Random } from './random.ts';
import type { SandboxClock } from './sandbox-clock.ts';
import { windowMs } from './submission.ts';

/** Largest file an upload link takes, in bytes (assumption `upload_limits`). */
export const uploadLimitBytes = 20 * 1024 * 1024;

/** A presigned upload link and what came in through it (docs: "Batch field descriptions"). */
export interface Upload {
  /** Secret; the last part of the link. */
  readonly uploadId: string;
  readonly contentId: string;
  readonly assetId: string;
  /** The `Content-Type` the PUT must carry. */
  readonly contentType: string;
  readonly expiresAt: number;
  /** What was uploaded; the bytes themselves are not kept. */
  received: { readonly size: number; readonly sha256: string; readonly at: number } | undefined;
}

/** The upload links of all submissions. */
export class Uploads {
  readonly #clock: SandboxClock;
  readonly #random: Random;
  readonly #byId = new Map<string, Upload>();
  readonly #byContentId = new Map<string, Upload[]>();

  constructor(clock: SandboxClock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  prepare(contentId: string, assetId: string, contentType: string): Upload {
    const upload: Upload = {
      uploadId: this.#random.hex(24),
      contentId,
      assetId,
      contentType,
      expiresAt: this.#clock.now() + windowMs,
      received: undefined,
    };
    this.restore(upload);
    return upload;
  }

  find(uploadId: string): Upload | undefined {
    return this.#byId.get(uploadId);
  }

  /** Whether the link still takes a file. */
  open(upload: Upload): boolean {
    return this.#clock.now() < upload.expiresAt;
  }

  receive(upload: Upload, bytes: Buffer): void {
    upload.received = {
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      at: this.#clock.now(),
    };
  }

  ofSubmission(contentId: string): readonly Upload[] {
    return this.#byContentId.get(contentId) ?? [];
  }

  list(): readonly Upload[] {
    return [...this.#byId.values()];
  }

  restore(upload: Upload): void {
    this.#byId.set(upload.uploadId, upload);
    const ofSubmission = this.#byContentId.get(upload.contentId);
    if (ofSubmission === undefined) this.#byContentId.set(upload.contentId, [upload]);
    else ofSubmission.push(upload);
  }

  clear(): void {
    this.#byId.clear();
    this.#byContentId.clear();
  }
}
