import type { StoreReads, StoreTransaction } from '@seek-pass-kit/flows';
import { awardChanges, awardReads } from './awards.ts';
import { claimChanges, claimReads } from './claims.ts';
import { historyChanges, historyReads } from './history.ts';
import { issuerChanges, issuerReads } from './issuers.ts';
import { jobChanges } from './jobs.ts';
import type { LookUpGathering } from './look-up.ts';
import { mailChanges, mailReads } from './mails.ts';
import { recipientChanges, recipientReads } from './recipients.ts';
import type { Sql } from './sql.ts';
import { stopChanges, stopReads } from './stops.ts';
import { submissionChanges, submissionReads } from './submissions.ts';
import { changesToCome, readsToCome } from './to-come.ts';
import type { MakeConflict } from './transaction.ts';

/** Look-ups: on the connection of a transaction, or on any of the pool. */
export function storeReads(sql: Sql, gathering: LookUpGathering): StoreReads {
  return {
    ...readsToCome(),
    ...issuerReads(sql),
    ...recipientReads(sql, gathering),
    ...awardReads(sql, gathering),
    ...submissionReads(sql, gathering),
    ...historyReads(sql),
    ...mailReads(sql),
    ...claimReads(sql, gathering),
    ...stopReads(sql),
  };
}

/** The changes of one open transaction, and its look-ups. */
export function storeChanges(sql: Sql, conflict: MakeConflict): StoreTransaction {
  return {
    ...storeReads(sql, {}),
    ...changesToCome(sql),
    ...issuerChanges(sql, conflict),
    ...recipientChanges(sql, conflict),
    ...awardChanges(sql, conflict),
    ...submissionChanges(sql, conflict),
    ...historyChanges(sql),
    ...mailChanges(sql, conflict),
    ...claimChanges(sql),
    ...stopChanges(sql),
    ...jobChanges(sql),
  };
}
