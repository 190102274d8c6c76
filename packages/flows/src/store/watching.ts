import type { MailState } from './rows.ts';

/** What is open at SEEK Pass and polled. Times are those of `SubmissionRow.submittedAt`, in milliseconds. */
export interface OpenSubmissions {
  readonly count: number;
  /** `null` when none is open. */
  readonly oldest: number | null;
  /** Of all of them. */
  readonly sumOfTimes: number;
  /** For each time that was asked for: how many were submitted then or earlier. */
  readonly submittedBy: readonly number[];
}

/** Look-ups of what an operator watches. */
export interface WatchReads {
  /** How many mails are in which of these states; without those in which there are none. Costs as much as there are in them, not as there are in all. */
  countMailsIn(issuer: string, states: readonly MailState[]): Promise<Readonly<Record<string, number>>>;
  /** Counts the open submissions of an issuer. `times`: at least one, ascending. */
  openSubmissions(issuer: string, times: readonly number[]): Promise<OpenSubmissions>;
}
