import { attemptMarginMs, submissionLifeMs } from '@seek-pass-kit/core';

/**
 * What became of one submission. The docs of SEEK Pass know three statuses ("Check submission status"); `canceled`
 * stands for two things, a learner who declined and the 48 hours running out, and this file tells them apart as far as
 * the evidence goes.
 */

/**
 * - `open`: waiting for the learner.
 * - `verified`: SEEK Pass says it is in the wallet.
 * - `declined`: canceled at a time when it cannot have expired.
 * - `expired`: canceled when its 48 hours were over, or unfinished after them.
 * - `closed`: canceled, and the evidence does not tell which.
 * - `refused`: SEEK Pass did not take the payload.
 */
export type SubmissionOutcome = 'open' | 'verified' | 'declined' | 'expired' | 'closed' | 'refused';

/** What SEEK Pass answered about a submission, and when we asked. Times in milliseconds since the epoch. */
export interface StatusSighting {
  readonly status: string;
  readonly finalizedAt?: number;
  /** By SEEK Pass's clock. */
  readonly seenAt: number;
}

/** Reads one status of SEEK Pass. `undefined`: a status this version does not know, which says nothing. */
export function outcomeOf(sighting: StatusSighting, submittedAt: number): SubmissionOutcome | undefined {
  switch (sighting.status) {
    case 'verified':
      return 'verified';
    case 'incomplete':
      return 'open';
    case 'canceled':
      return canceledBecause(sighting, submittedAt);
    default:
      return undefined;
  }
}

/**
 * Within the margin before the end a learner may still have declined; reading that as `expired` is the harmless
 * mistake: the link works again, and nobody is told that they declined.
 */
function canceledBecause(sighting: StatusSighting, submittedAt: number): SubmissionOutcome {
  const earliestExpiry = submittedAt + submissionLifeMs - attemptMarginMs;
  // Seen canceled before it could expire: only the learner can have done it.
  if (sighting.seenAt < earliestExpiry) return 'declined';
  if (sighting.finalizedAt === undefined) return 'closed';
  return sighting.finalizedAt < earliestExpiry ? 'declined' : 'expired';
}

/** Whether the 48 hours of a submission are over without doubt. */
export function isPastLife(submittedAt: number, now: number): boolean {
  return now > submittedAt + submissionLifeMs + attemptMarginMs;
}

/**
 * How much an outcome says. A stronger one replaces a weaker one and never the other way round, so that duplicates and
 * late answers cannot undo what is known: a late `incomplete` does not reopen, an inference does not beat an answer.
 */
const strength: Record<SubmissionOutcome, number> = {
  open: 0,
  expired: 1,
  closed: 2,
  declined: 3,
  refused: 4,
  verified: 5,
};

/** The one of two outcomes that says more. */
export function strongerOutcome(a: SubmissionOutcome, b: SubmissionOutcome): SubmissionOutcome {
  return strength[b] > strength[a] ? b : a;
}
