import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { SandboxError } from '../sandbox-error.ts';
import { snapshotSchema, snapshotVersion } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

/** How long after a change the file is written, in real milliseconds: a burst of adds is one write. */
const settleMs = 250;

/**
 * Reads a state file; undefined when there is none yet. Throws `state_file_corrupt` or `state_file_version` and leaves the
 * file as it is: nothing is lost by a failed start.
 */
export function readStateFile(path: string): Snapshot | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new SandboxError(
      'invalid_configuration',
      'The stateFile cannot be read: check its path and permissions.',
      { cause },
    );
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw corrupt(cause);
  }
  const version =
    typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : undefined;
  if (typeof version === 'number' && version !== snapshotVersion) {
    const message = `The stateFile has version ${version}, this sandbox reads version ${snapshotVersion}: use the sandbox that wrote it, or name another file.`;
    throw new SandboxError('state_file_version', message);
  }
  const checked = snapshotSchema.safeParse(parsed);
  if (!checked.success) throw corrupt(checked.error);
  return checked.data;
}

/** Writes a state file soon after each change, whole and atomically: a crash leaves the old file or the new one, never half. */
export class StateFile {
  readonly #path: string;
  readonly #snapshot: () => object;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #dirty = false;

  constructor(path: string, snapshot: () => object) {
    this.#path = path;
    this.#snapshot = snapshot;
  }

  /** Something changed. */
  touch(): void {
    this.#dirty = true;
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // A failed write is told by the close that follows; until then the next change tries again.
      this.flush().catch(() => undefined);
    }, settleMs);
    this.#timer.unref();
  }

  /** Writes what is not written yet. Throws `invalid_configuration` when the file cannot be written. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const before = this.#writing.catch(() => undefined);
    this.#writing = before.then(() => this.#write());
    await this.#writing;
  }

  async #write(): Promise<void> {
    if (!this.#dirty) return;
    this.#dirty = false;
    const temporary = `${this.#path}.${process.pid}.tmp`;
    try {
      // 0600: the file holds the client secret and whatever names were typed in.
      const file = await open(temporary, 'w', 0o600);
      try {
        await file.writeFile(JSON.stringify(this.#snapshot()));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.#path);
    } catch (cause) {
      this.#dirty = true;
      throw new SandboxError(
        'invalid_configuration',
        'The stateFile cannot be written: check its path and permissions.',
        { cause },
      );
    }
  }
}

function corrupt(cause: unknown): SandboxError {
  const message =
    'The stateFile is damaged and was left as it is: move it away to start empty, or put a good copy in its place.';
  return new SandboxError('state_file_corrupt', message, { cause });
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
