import type { StoreReads, StoreTransaction } from '@seek-pass-kit/flows';
import { auditChanges, auditReads } from './audit.ts';
import { awardChanges, awardReads } from './awards.ts';
import { claimChanges, claimReads } from './claims.ts';
import { documentChanges, documentReads } from './documents.ts';
import { erasureChanges, erasureReads } from './erasures.ts';
import { historyChanges, historyReads } from './history.ts';
import { inboxChanges, inboxReads } from './inbox.ts';
import { issuerChanges, issuerReads } from './issuers.ts';
import { jobChanges } from './jobs.ts';
import type { LookUpGathering } from './look-up.ts';
import { mailChanges, mailReads } from './mails.ts';
import { recipientChanges, recipientReads } from './recipients.ts';
import { reportChanges, reportReads } from './reports.ts';
import type { Sql } from './sql.ts';
import { stopChanges, stopReads } from './stops.ts';
import { submissionChanges, submissionReads } from './submissions.ts';
import type { MakeConflict } from './transaction.ts';
import { verificationChanges, verificationReads } from './verifications.ts';
import { watchReads } from './watching.ts';

/** Look-ups: on the connection of a transaction, or on any of the pool. */
export function storeReads(sql: Sql, gathering: LookUpGathering): StoreReads {
  return {
    ...issuerReads(sql),
    ...recipientReads(sql, gathering),
    ...awardReads(sql, gathering),
    ...submissionReads(sql, gathering),
    ...historyReads(sql),
    ...mailReads(sql),
    ...claimReads(sql, gathering),
    ...stopReads(sql),
    ...auditReads(sql),
    ...erasureReads(sql),
    ...reportReads(sql),
    ...documentReads(sql),
    ...verificationReads(sql),
    ...inboxReads(sql),
    ...watchReads(sql),
  };
}

/** The changes of one open transaction, and its look-ups. */
export function storeChanges(sql: Sql, conflict: MakeConflict): StoreTransaction {
  return {
    ...storeReads(sql, {}),
    ...issuerChanges(sql, conflict),
    ...recipientChanges(sql, conflict),
    ...awardChanges(sql, conflict),
    ...submissionChanges(sql, conflict),
    ...historyChanges(sql),
    ...mailChanges(sql, conflict),
    ...claimChanges(sql),
    ...stopChanges(sql),
    ...jobChanges(sql),
    ...auditChanges(sql),
    ...erasureChanges(sql, conflict),
    ...reportChanges(sql),
    ...documentChanges(sql),
    ...verificationChanges(sql, conflict),
    ...inboxChanges(sql, conflict),
  };
}
