import { jobId } from '../jobs/job-id.ts';
import type { JobRow } from '../store/rows.ts';

/**
 * The kind of job that tells the former address of an award that its recipient was changed. Refs: `awardId` (the version
 * that was closed), `recipientId` (the former one).
 */
export const addressChangedKind = 'address_changed';

/** One for each change: the version that it closed names it. */
export function addressChangedJob(
  issuer: string,
  {
    awardId,
    recipientId,
    at,
  }: { readonly awardId: string; readonly recipientId: string; readonly at: number },
): JobRow {
  return {
    id: jobId(issuer, addressChangedKind, awardId),
    issuer,
    kind: addressChangedKind,
    refs: { awardId, recipientId },
    runAt: at,
  };
}
