import { jobId } from '../jobs/job-id.ts';
import type { JobRow } from '../store/rows.ts';

/** The kind of job that mails a recipient about everything of theirs that can be claimed and is not held. Refs: `runId`, `recipientId`. */
export const claimMailKind = 'claim_mail';

/**
 * One mail by this name to a person. Of several that wait at the same time the first names everything, and the others find nothing left
 * to say.
 */
export function claimMailJob(issuer: string, runId: string, recipientId: string, runAt: number): JobRow {
  return {
    id: jobId(issuer, claimMailKind, runId, recipientId),
    issuer,
    kind: claimMailKind,
    refs: { runId, recipientId },
    runAt,
  };
}
