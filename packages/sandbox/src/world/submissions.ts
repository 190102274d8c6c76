import { isDeepStrictEqual } from 'node:util';
import { DueQueue } from './due-queue.ts';
import type { Random } from './random.ts';
import type { SandboxClock } from './sandbox-clock.ts';
import { Submission, windowMs } from './submission.ts';
import type { NewSubmission } from './submission.ts';

/** What an add request led to. */
export interface Submitted {
  readonly submission: Submission;
  /** False when the same id was already open: the same link comes back. */
  readonly created: boolean;
}

/** All add requests SEEK Pass has seen, with their two 48-hour clocks (docs: "Redirect user"). */
export class Submissions {
  readonly #clock: SandboxClock;
  readonly #random: Random;
  readonly #byContentId = new Map<string, Submission>();
  /** The newest submission of each partner id, per client. */
  readonly #byPartnerId = new Map<string, Map<string, Submission>>();
  readonly #expiring = new DueQueue<Submission>((submission) => submission.expiresAt);
  readonly #awaitingApp = new DueQueue<Submission>((submission) => (submission.finalizedAt ?? 0) + windowMs);

  constructor(clock: SandboxClock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  get size(): number {
    return this.#byContentId.size;
  }

  /**
   * Takes an add request. The same id of the same client within 48 hours gives the open submission again and keeps its
   * first data; later it makes a new one with a new content id.
   */
  submit(request: NewSubmission): Submitted {
    const now = this.sweep();
    const ofClient = this.#ofClient(request.clientId);
    const known = ofClient.get(request.id);
    if (known !== undefined && now < known.expiresAt) {
      known.repeats += 1;
      if (!sameData(known, request)) known.differingRepeats += 1;
      return { submission: known, created: false };
    }
    const submission = new Submission(this.#random.uuid(), now, request);
    this.restore(submission);
    return { submission, created: true };
  }

  /** The submission of a link's `content`. */
  find(contentId: string): Submission | undefined {
    this.sweep();
    return this.#byContentId.get(contentId);
  }

  /** The newest submission with a partner's id. */
  ofPartnerId(clientId: string, id: string): Submission | undefined {
    this.sweep();
    return this.#byPartnerId.get(clientId)?.get(id);
  }

  /** Newest first, at most `limit`. */
  list(limit = Number.POSITIVE_INFINITY): readonly Submission[] {
    this.sweep();
    const all = [...this.#byContentId.values()];
    return all.slice(Math.max(0, all.length - limit)).toReversed();
  }

  /** What a learner has accepted, oldest first, as long as the wallet holds it. */
  acceptedBy(userId: string): readonly Submission[] {
    this.sweep();
    return [...this.#byContentId.values()].filter(
      (submission) =>
        submission.userId === userId &&
        (submission.walletCopy === 'kept' || submission.walletCopy === 'awaiting_app'),
    );
  }

  /** Starts the second 48 hours: the learner has accepted but not signed in to the app. */
  awaitApp(submission: Submission): void {
    submission.walletCopy = 'awaiting_app';
    this.#awaitingApp.add(submission);
  }

  /** Lets everything happen that is due by now; returns now. */
  sweep(): number {
    const now = this.#clock.now();
    for (const submission of this.#expiring.takeDue(now)) {
      if (submission.status === 'incomplete') {
        submission.status = 'canceled';
        submission.canceledBy = 'expiry';
        submission.finalizedAt = submission.expiresAt;
      }
      if (submission.status === 'canceled') deleteData(submission);
    }
    for (const submission of this.#awaitingApp.takeDue(now)) {
      if (submission.walletCopy !== 'awaiting_app') continue;
      submission.walletCopy = 'deleted';
      deleteData(submission);
    }
    return now;
  }

  /** Puts back a submission of a state file; also how a new one enters. */
  restore(submission: Submission): void {
    this.#byContentId.set(submission.contentId, submission);
    this.#ofClient(submission.clientId).set(submission.id, submission);
    this.#expiring.add(submission);
    if (submission.walletCopy === 'awaiting_app') this.#awaitingApp.add(submission);
  }

  clear(): void {
    this.#byContentId.clear();
    this.#byPartnerId.clear();
    this.#expiring.clear();
    this.#awaitingApp.clear();
  }

  #ofClient(clientId: string): Map<string, Submission> {
    let ofClient = this.#byPartnerId.get(clientId);
    if (ofClient === undefined) {
      ofClient = new Map();
      this.#byPartnerId.set(clientId, ofClient);
    }
    return ofClient;
  }
}

function deleteData(submission: Submission): void {
  submission.payload = '';
  submission.deleted = true;
}

function sameData(known: Submission, request: NewSubmission): boolean {
  if (known.deleted || known.payload === request.payload) return true;
  return (
    known.form === request.form && isDeepStrictEqual(JSON.parse(known.payload), JSON.parse(request.payload))
  );
}
