import { DueQueue } from './due-queue.ts';
import type { Random } from './random.ts';
import type { SandboxClock } from './sandbox-clock.ts';
import { verificationExpiresAt } from './verification.ts';
import type { Verification, VerifyRequest } from './verification.ts';

/** All verify requests SEEK Pass has seen. */
export class Verifications {
  readonly #clock: SandboxClock;
  readonly #random: Random;
  readonly #onFinal: (verification: Verification) => void;
  readonly #byContentId = new Map<string, Verification>();
  readonly #byRequestId = new Map<string, Verification>();
  readonly #expiring = new DueQueue<Verification>(verificationExpiresAt);

  /** `onFinal` is called once when a verification becomes `verified` or `canceled`: it sends the webhook. */
  constructor(clock: SandboxClock, random: Random, onFinal: (verification: Verification) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#onFinal = onFinal;
  }

  /** Takes a request. A `request_id` that is still open gives the same one back (assumption `verify_repeat`). */
  request(clientId: string, request: VerifyRequest): Verification {
    const now = this.sweep();
    const requestId = request.request_id ?? this.#random.uuid();
    const known = this.#byRequestId.get(key(clientId, requestId));
    if (known !== undefined && now < verificationExpiresAt(known)) return known;
    const verification: Verification = {
      contentId: this.#random.uuid(),
      clientId,
      requestId,
      request,
      createdAt: now,
      status: 'incomplete',
      finalizedAt: undefined,
      canceledBy: undefined,
      userId: undefined,
      shared: undefined,
    };
    this.restore(verification);
    return verification;
  }

  find(contentId: string): Verification | undefined {
    this.sweep();
    return this.#byContentId.get(contentId);
  }

  ofRequestId(clientId: string, requestId: string): Verification | undefined {
    this.sweep();
    return this.#byRequestId.get(key(clientId, requestId));
  }

  /** Newest first. */
  list(): readonly Verification[] {
    this.sweep();
    return [...this.#byContentId.values()].toReversed();
  }

  /** Ends a verification and tells the webhooks. Does nothing when it has ended before. */
  finish(
    verification: Verification,
    status: 'verified' | 'canceled',
    by?: 'learner' | 'expiry',
    at?: number,
  ): void {
    if (verification.status !== 'incomplete') return;
    verification.status = status;
    verification.finalizedAt = at ?? this.#clock.now();
    if (status === 'canceled') verification.canceledBy = by;
    this.#onFinal(verification);
  }

  /** Lets everything happen that is due by now; returns now. */
  sweep(): number {
    const now = this.#clock.now();
    for (const verification of this.#expiring.takeDue(now)) {
      this.finish(verification, 'canceled', 'expiry', verificationExpiresAt(verification));
    }
    return now;
  }

  /** Puts back a verification of a state file; also how a new one enters. */
  restore(verification: Verification): void {
    this.#byContentId.set(verification.contentId, verification);
    this.#byRequestId.set(key(verification.clientId, verification.requestId), verification);
    this.#expiring.add(verification);
  }

  clear(): void {
    this.#byContentId.clear();
    this.#byRequestId.clear();
    this.#expiring.clear();
  }
}

function key(clientId: string, requestId: string): string {
  return `${clientId}\n${requestId}`;
}
