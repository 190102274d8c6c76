import { SeekPassError, type SeekPassErrorCode } from '@seek-pass-kit/core';
import type { ClaimOutcome } from './submit-claim.ts';

/** The statuses that speak of the payload. A wrong path or a missing right is no fault of the award. */
const refusingStatuses: ReadonlySet<number | undefined> = new Set([400, 413, 422]);

/** Whether SEEK Pass says that this payload will never do. */
export function isRefusalOfPayload(error: unknown): boolean {
  if (!SeekPassError.is(error)) return false;
  return (
    error.code === 'invalid_payload' || (error.code === 'rejected' && refusingStatuses.has(error.status))
  );
}

/** Waiting mends none of these, and a link that leads elsewhere is an attack or a fault that somebody has to hear of. */
const needsPerson: ReadonlySet<SeekPassErrorCode> = new Set([
  'invalid_configuration',
  'clock_skewed',
  'hostile_redirect',
]);

/** Only what SEEK Pass or the network caused; a fault of ours is not dressed up as theirs. */
export function unavailable(error: unknown): ClaimOutcome {
  if (!SeekPassError.is(error)) throw error;
  if (needsPerson.has(error.code)) throw error;
  return error.retryAfterMs === undefined
    ? { outcome: 'unavailable' }
    : { outcome: 'unavailable', retryAfterMs: error.retryAfterMs };
}
