import type { SubmissionStatus } from '@seek-pass-kit/core';
import type { StatusSighting } from '../awards/submission-outcome.ts';

/** A status of SEEK Pass as evidence. `seenAt` is by SEEK Pass's clock. A time that cannot be read counts as none. */
export function sightingOf({ status, finalizedAt }: SubmissionStatus, seenAt: number): StatusSighting {
  const at = finalizedAt === undefined ? Number.NaN : Date.parse(finalizedAt);
  return Number.isNaN(at) ? { status, seenAt } : { status, seenAt, finalizedAt: at };
}
