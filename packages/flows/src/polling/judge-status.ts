import { type SubmissionStatus, submissionLifeMs } from '@seek-pass-kit/core';
import { isPastLife, outcomeOf, type SubmissionOutcome } from '../awards/submission-outcome.ts';
import type { SubmissionRow } from '../store/rows.ts';
import { nextPollAt } from './poll-plan.ts';
import { sightingOf } from './sighting.ts';

/** How often a submission is asked about that outlives its plan: its first POST got lost, and a later one began its 48 hours. */
const lateIntervalMs = 6 * 3_600_000;

/** When SEEK Pass was asked and when its answer was there, by its own clock: the answer is from some time between. */
export interface AskedWhen {
  readonly askedAt: number;
  readonly answeredAt: number;
}

/**
 * What a status says about a submission. One that SEEK Pass does not report, or reports in a word this version does not
 * know, is open until its 48 hours are over without doubt, and expired then. One that is reported as unfinished may have
 * arrived as late as the repeated POST of a click, so it gets those 48 hours once more. A process may stand still between
 * question and answer, so each inference takes the time that is on its safe side.
 */
export function judgeStatus(
  status: SubmissionStatus,
  { submittedAt }: Pick<SubmissionRow, 'submittedAt'>,
  { askedAt, answeredAt }: AskedWhen,
): SubmissionOutcome {
  const outcome = outcomeOf(sightingOf(status, answeredAt), submittedAt);
  if (outcome !== undefined && outcome !== 'open') return outcome;
  const lifeFrom = outcome === 'open' ? submittedAt + submissionLifeMs : submittedAt;
  return isPastLife(lifeFrom, askedAt) ? 'expired' : 'open';
}

/** When to ask about it again after it was asked about at `askedAt`, while it is open. */
export function pollAgainAt({ submittedAt }: Pick<SubmissionRow, 'submittedAt'>, askedAt: number): number {
  return nextPollAt(submittedAt, askedAt) ?? askedAt + lateIntervalMs;
}
