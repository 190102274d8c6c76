import { type SubmissionStatus, submissionLifeMs } from '@seek-pass-kit/core';
import { isPastLife, outcomeOf, type SubmissionOutcome } from '../awards/submission-outcome.ts';
import type { SubmissionRow } from '../store/rows.ts';
import { nextPollAt } from './poll-plan.ts';
import { sightingOf } from './sighting.ts';

/** How often a submission is asked about that outlives its plan: its first POST got lost, and a later one began its 48 hours. */
const lateIntervalMs = 6 * 3_600_000;

/**
 * What a status says about a submission. One that SEEK Pass does not report, or reports in a word this version does not
 * know, is open until its 48 hours are over without doubt, and expired then. One that is reported as unfinished may have
 * arrived as late as the repeated POST of a click, so it gets those 48 hours once more.
 *
 * @param seenAt by SEEK Pass's clock.
 */
export function judgeStatus(
  status: SubmissionStatus,
  { submittedAt }: Pick<SubmissionRow, 'submittedAt'>,
  seenAt: number,
): SubmissionOutcome {
  const outcome = outcomeOf(sightingOf(status, seenAt), submittedAt);
  if (outcome !== undefined && outcome !== 'open') return outcome;
  const lifeFrom = outcome === 'open' ? submittedAt + submissionLifeMs : submittedAt;
  return isPastLife(lifeFrom, seenAt) ? 'expired' : 'open';
}

/** When to ask about it again after it was asked about at `seenAt`, while it is open. */
export function pollAgainAt({ submittedAt }: Pick<SubmissionRow, 'submittedAt'>, seenAt: number): number {
  return nextPollAt(submittedAt, seenAt) ?? seenAt + lateIntervalMs;
}
