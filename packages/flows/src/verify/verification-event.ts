import { jobId } from '../jobs/job-id.ts';
import type { JobRow } from '../store/rows.ts';
import { type VerificationState, verificationStandingOf } from './verification-facts.ts';
import type { VerificationRow } from '../store/verifications.ts';

/**
 * What became of a verification, as the host is told.
 *
 * - `decided`: SEEK Pass verified somebody, in the browser that started. `status` says whether it is the expected person.
 * - `held`: SEEK Pass verified somebody, and the starting browser has not come back. Tell nobody anything; start another one.
 * - `canceled`: SEEK Pass says so. `expired`: judged by time; a later event may say otherwise.
 */
export type VerificationEventType = 'decided' | 'held' | 'canceled' | 'expired';

/** Something that happened to a verification. Ids only: ask for its `status`. */
export interface VerificationEvent {
  readonly type: VerificationEventType;
  readonly issuer: string;
  readonly verificationId: string;
  /** When we learned of it, in milliseconds since the epoch. */
  readonly at: number;
}

/** The kind of job that tells the host about an event. */
export const verificationEventKind = 'verification_event';

/** The webhook is often faster than the browser: whether a result is held, the host is told after this time. */
const heldAfterMs = 5 * 60_000;

/** The jobs that tell the host what a change brought. Stored with the change, so that a crash between the two loses no event. */
export function eventJobs(before: VerificationRow, after: VerificationRow, now: number): JobRow[] {
  const type = eventTypeOf(verificationStandingOf(after.facts).state);
  if (type === undefined || type === eventTypeOf(verificationStandingOf(before.facts).state)) return [];
  const { issuer, id } = after;
  return [
    {
      id: jobId(issuer, verificationEventKind, id, type),
      issuer,
      kind: verificationEventKind,
      refs: { type, verificationId: id, at: String(now) },
      runAt: type === 'held' ? now + heldAfterMs : now,
    },
  ];
}

/** The event of a job of {@link eventJobs}. */
export function verificationEventOf({ issuer, refs }: JobRow): VerificationEvent {
  return {
    type: refs['type'] as VerificationEventType,
    issuer,
    verificationId: String(refs['verificationId']),
    at: Number(refs['at']),
  };
}

/** What the host is told of a state; `undefined`: nothing. */
export function eventTypeOf(state: VerificationState): VerificationEventType | undefined {
  switch (state) {
    case 'matched':
    case 'mismatched':
    case 'needs_person':
    case 'anyone':
      return 'decided';
    case 'held':
    case 'canceled':
    case 'expired':
      return state;
    case 'created':
    case 'failed':
    case 'open':
    case 'redacted':
      return undefined;
  }
}
