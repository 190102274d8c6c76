import type { StoreConflict, StoreTransaction } from '../ports.ts';
import type { IssuerRow, RecipientRow } from '../rows.ts';
import { auditChanges } from './memory-audit.ts';
import { documentChanges } from './memory-documents.ts';
import { erasureChanges } from './memory-erasures.ts';
import { inboxChanges } from './memory-inbox.ts';
import { reportChanges } from './memory-reports.ts';
import { verificationChanges } from './memory-verifications.ts';
import { settledJob } from './memory-jobs.ts';
import { memoryReads } from './memory-reads.ts';
import { keyOf, type MemoryTable } from './memory-table.ts';
import { type MemoryTables, stopKey } from './memory-tables.ts';

/**
 * The changes of one open transaction in memory. Transactions run one after another, so a lock is not needed. `conflict`
 * makes the error of a change that does not fit.
 */
export function memoryChanges(
  tables: MemoryTables,
  nextPosition: () => number,
  conflict: () => StoreConflict,
): StoreTransaction {
  const insert = <Row>(table: MemoryTable<Row>, key: string, row: Row) => {
    if (table.get(key, 'own') !== undefined) throw conflict();
    table.put(row);
  };
  const reads = memoryReads(tables, 'own');
  return {
    ...reads,
    ...auditChanges(tables, nextPosition, conflict),
    ...documentChanges(tables, conflict),
    ...erasureChanges(tables, conflict),
    ...inboxChanges(tables, conflict),
    ...reportChanges(tables),
    ...verificationChanges(tables, conflict),
    lockAward: (issuer, awardId) => reads.award(issuer, awardId),
    async putIssuer(row, former) {
      const stored = tables.issuers.get(row.issuer, 'own');
      if (bindingOf(stored) !== bindingOf(former)) throw conflict();
      tables.issuers.put(row);
    },
    async insertRecipients(rows) {
      for (const row of rows) insert(tables.recipients, keyOf(row.issuer, row.id), row);
    },
    async updateRecipient(row, former) {
      const stored = tables.recipients.get(keyOf(row.issuer, row.id), 'own');
      if (stored === undefined || contentOf(stored) !== contentOf(former)) throw conflict();
      tables.recipients.put({ ...row, createdAt: stored.createdAt });
    },
    async insertAwards(rows) {
      for (const row of rows) {
        if (tables.recipients.get(keyOf(row.issuer, row.recipientId), 'own') === undefined) throw conflict();
        const versions = tables.awards.find('key', keyOf(row.issuer, row.keyHash), 'own');
        if (versions.some(({ version }) => version === row.version)) throw conflict();
        insert(tables.awards, keyOf(row.issuer, row.id), row);
      }
    },
    async updateAward(row) {
      const key = keyOf(row.issuer, row.id);
      const stored = tables.awards.get(key, 'own');
      if (stored === undefined) throw conflict();
      if (stored.revision !== row.revision) throw conflict();
      const { generation, facts, revision } = row;
      tables.awards.put({ ...stored, generation, facts, revision: revision + 1 });
    },
    async insertSubmission(row) {
      if (tables.awards.get(keyOf(row.issuer, row.awardId), 'own') === undefined) throw conflict();
      const attempts = tables.submissions.find('award', keyOf(row.issuer, row.awardId), 'own');
      if (attempts.some(({ attempt }) => attempt === row.attempt)) throw conflict();
      insert(tables.submissions, keyOf(row.issuer, row.id), row);
    },
    async updateSubmission(row) {
      const stored = tables.submissions.get(keyOf(row.issuer, row.id), 'own');
      if (stored === undefined) throw conflict();
      const { outcome, lastAskedAt, nextPollAt } = row;
      const acknowledged = stored.acknowledged || row.acknowledged;
      tables.submissions.put({ ...stored, acknowledged, outcome, lastAskedAt, nextPollAt });
    },
    async acknowledgeSubmission(issuer, id) {
      const stored = tables.submissions.get(keyOf(issuer, id), 'own');
      if (stored !== undefined) tables.submissions.put({ ...stored, acknowledged: true });
    },
    async takeSubmissionsDue(issuer, now, until, limit) {
      const due = await reads.submissionsDue(issuer, now, limit);
      for (const row of due) tables.submissions.put({ ...row, nextPollAt: until });
      return due;
    },
    async postponeSubmissions(issuer, rows) {
      for (const { id, lastAskedAt, nextPollAt } of rows) {
        const stored = tables.submissions.get(keyOf(issuer, id), 'own');
        if (stored?.outcome === 'open') tables.submissions.put({ ...stored, lastAskedAt, nextPollAt });
      }
    },
    async appendHistory(rows) {
      for (const line of rows) {
        const position = nextPosition();
        tables.history.put({ line, position });
        tables.unsealed.put({ issuer: line.issuer, source: 'award', position });
      }
    },
    async insertMails(rows) {
      for (const row of rows) {
        if (tables.mails.find('messageId', row.messageId, 'own').length > 0) throw conflict();
        insert(tables.mails, keyOf(row.issuer, row.id), row);
      }
    },
    async updateMail(row, from) {
      const stored = tables.mails.get(keyOf(row.issuer, row.id), 'own');
      if (stored?.state !== from) throw conflict();
      tables.mails.put({ ...stored, state: row.state, sentAt: row.sentAt });
    },
    async putMute(row) {
      tables.mutes.put(row);
    },
    async deleteMute(issuer, emailHash, mutes) {
      tables.mutes.delete(keyOf(issuer, emailHash, mutes));
    },
    async putClaimSession(row) {
      tables.sessions.put(row);
    },
    async deleteClaimSession(issuer, idHash) {
      tables.sessions.delete(keyOf(issuer, idHash));
    },
    async putClaimCode(row) {
      tables.codes.put(row);
    },
    async tryClaimCode(issuer, awardId, sessionHash, maxTries, now) {
      const code = tables.codes.get(keyOf(issuer, awardId), 'own');
      if (code === undefined || code.expiresAt <= now || code.tries >= maxTries) return undefined;
      if (keyOf(code.sessionHash) !== keyOf(sessionHash)) return undefined;
      tables.codes.put({ ...code, tries: code.tries + 1 });
      return code;
    },
    async deleteClaimCode(issuer, awardId) {
      tables.codes.delete(keyOf(issuer, awardId));
    },
    async setStopped(stop) {
      if (stop.stopped) tables.stops.put(stop);
      else tables.stops.delete(stopKey(stop));
      const position = nextPosition();
      tables.stopRecord.put({ stop, position });
      tables.unsealed.put({ issuer: stop.issuer, source: 'stop', position });
    },
    async enqueue(jobs) {
      for (const job of jobs) {
        if (tables.jobs.get(keyOf(job.issuer, job.id), 'own') !== undefined) continue;
        tables.jobs.put({ ...job, state: 'waiting', attempt: 0, dueAt: job.runAt, reason: null });
      }
    },
    async settle(job, settlement) {
      const settled = settledJob(tables.jobs.get(keyOf(job.issuer, job.id), 'own'), job, settlement);
      if (settled !== undefined) tables.jobs.put(settled);
      return settled !== undefined;
    },
  };
}

/** What changes of a recipient: sealed values are never the same twice. */
function contentOf({ wrappedKey, sealedPerson }: RecipientRow): string {
  return keyOf(wrappedKey ?? 'erased', sealedPerson);
}

function bindingOf(row: IssuerRow | undefined): string {
  return row === undefined ? 'none' : keyOf(row.clientId, row.namespaceFingerprint, row.claimKeyFingerprint);
}
