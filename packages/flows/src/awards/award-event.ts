import type { FlowContext } from '../flow-context.ts';
import { jobId } from '../jobs/job-id.ts';
import type { JobRow } from '../store/rows.ts';
import type { LinkClosure } from './award-facts.ts';
import type { SubmissionOutcome } from './submission-outcome.ts';

/**
 * What became of a submission, as the host is told and as the history says it; and, for a host that asked for it (`tellDecisions`), what the
 * institution decided itself.
 *
 * - `issued`: a new award, or a new version of one. `withdrawn`: its link was closed for good.
 * - `added`: it is in the learner's wallet. `added_after_withdrawal`, `added_after_supersession`: it is, although the link
 *   was closed meanwhile; the copy cannot be recalled, so a person should look.
 * - `declined`: the learner said no, and SEEK Pass says so.
 * - `expired`: the 48 hours ran out, judged by time; the claim link works again.
 * - `closed`: canceled, and nobody can say why. Tell nobody that they declined.
 * - `rejected`: SEEK Pass refused the payload; a person must mend the award.
 */
export type AwardEventType =
  | 'issued'
  | 'withdrawn'
  | 'added'
  | 'added_after_withdrawal'
  | 'added_after_supersession'
  | 'declined'
  | 'expired'
  | 'closed'
  | 'rejected';

/** Something that happened to an award. */
export interface AwardEvent {
  readonly type: AwardEventType;
  readonly issuer: string;
  readonly awardId: string;
  /** Of the submission it happened to, from 1; 0 for what the institution decided. */
  readonly attempt: number;
  /** When we learned of it, in milliseconds since the epoch. */
  readonly at: number;
}

/** The event that an outcome is. */
export function eventTypeOf(
  outcome: Exclude<SubmissionOutcome, 'open'>,
  closure: LinkClosure | undefined,
): AwardEventType {
  switch (outcome) {
    case 'verified':
      if (closure === undefined) return 'added';
      return closure === 'withdrawn' ? 'added_after_withdrawal' : 'added_after_supersession';
    case 'refused':
      return 'rejected';
    case 'declined':
    case 'expired':
    case 'closed':
      return outcome;
  }
}

/** The kind of job that tells the host about an event. */
export const awardEventKind = 'award_event';

/** Stored with the change itself, so that a crash between the two loses no event; the host hears each at least once. */
export function awardEventJob({ type, issuer, awardId, attempt, at }: AwardEvent): JobRow {
  return {
    id: jobId(issuer, awardEventKind, awardId, String(attempt), type),
    issuer,
    kind: awardEventKind,
    refs: { type, awardId, attempt: String(attempt) },
    runAt: at,
  };
}

/** The events of what the institution decided about awards, for a host that wants to hear them. */
export function decisionJobs(
  { issuer, clock, tellsDecisions = false }: Pick<FlowContext, 'issuer' | 'clock' | 'tellsDecisions'>,
  type: 'issued' | 'withdrawn',
  awardIds: readonly string[],
): JobRow[] {
  if (!tellsDecisions) return [];
  return awardIds.map((awardId) => awardEventJob({ type, issuer, awardId, attempt: 0, at: clock.now() }));
}

/** The event of a job of {@link awardEventJob}. */
export function awardEventOf({ issuer, refs, runAt }: JobRow): AwardEvent {
  return {
    type: refs['type'] as AwardEventType,
    issuer,
    awardId: String(refs['awardId']),
    attempt: Number(refs['attempt']),
    at: runAt,
  };
}
