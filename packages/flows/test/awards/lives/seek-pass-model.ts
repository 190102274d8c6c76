import { submissionLifeMs, type SubmissionStatus, UnavailableError } from '@seek-pass-kit/core';

/** Whether a call gets lost: on its way to SEEK Pass, or its answer on the way back. */
export type Loss = 'none' | 'before' | 'after';

/** SEEK Pass as documented, for one learner; every call waits for its turn before and after it takes effect. */
export class SeekPassModel {
  readonly submissions = new Map<
    string,
    { status: string; createdAt: number; finalizedAt?: number; created: number }
  >();
  readonly #now: () => number;
  readonly #turn: () => Promise<void>;
  readonly #losses: Loss[];

  constructor(now: () => number, turn: () => Promise<void>, losses: readonly Loss[]) {
    this.#now = now;
    this.#turn = turn;
    this.#losses = [...losses];
  }

  async add(id: string): Promise<string> {
    const loss = this.#losses.shift() ?? 'none';
    await this.#turn();
    if (loss === 'before') throw new UnavailableError('lost on the way');
    this.#expire();
    const known = this.submissions.get(id);
    if (known === undefined || this.#now() >= known.createdAt + submissionLifeMs) {
      const created = (known?.created ?? 0) + 1;
      this.submissions.set(id, { status: 'incomplete', createdAt: this.#now(), created });
    }
    await this.#turn();
    if (loss === 'after') throw new UnavailableError('lost on the way back');
    return id;
  }

  async statuses(ids: readonly string[]): Promise<SubmissionStatus[]> {
    await this.#turn();
    this.#expire();
    const found = ids.map((id): SubmissionStatus => {
      const known = this.submissions.get(id);
      if (known === undefined) return { id, status: 'not_reported' };
      const { status, finalizedAt } = known;
      return finalizedAt === undefined
        ? { id, status }
        : { id, status, finalizedAt: new Date(finalizedAt).toISOString() };
    });
    await this.#turn();
    return found;
  }

  /** The learner ends the newest open submission. */
  end(status: 'verified' | 'canceled'): void {
    this.#expire();
    const open = [...this.submissions.values()].findLast((submission) => submission.status === 'incomplete');
    if (open !== undefined) Object.assign(open, { status, finalizedAt: this.#now() });
  }

  #expire(): void {
    for (const submission of this.submissions.values()) {
      const end = submission.createdAt + submissionLifeMs;
      if (submission.status === 'incomplete' && end <= this.#now()) {
        Object.assign(submission, { status: 'canceled', finalizedAt: end });
      }
    }
  }
}
