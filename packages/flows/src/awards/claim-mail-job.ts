import { jobId } from '../jobs/job-id.ts';
import type { JobRow } from '../store/rows.ts';

/** The kind of job that mails a recipient about everything of theirs that can be claimed and is not held. Refs: `runId`, `recipientId`. */
export const claimMailKind = 'claim_mail';

/** One mail per run and person, however many awards the run has for them and however often it is repeated. */
export function claimMailJob(issuer: string, runId: string, recipientId: string, runAt: number): JobRow {
  return {
    id: jobId(issuer, claimMailKind, runId, recipientId),
    issuer,
    kind: claimMailKind,
    refs: { runId, recipientId },
    runAt,
  };
}
