import type {
  ErasureChanges,
  ErasureReads,
  ErasureRow,
  HoldRow,
  RecipientRow,
  SuppressionRow,
} from '@seek-pass-kit/flows';
import { standingOf } from '@seek-pass-kit/flows/store';
import { storedAwards } from './awards.ts';
import { claimSessions } from './claims.ts';
import { holdLock, shareLock } from './locks.ts';
import { rowsByKeys } from './look-up.ts';
import { mails } from './mails.ts';
import { pastRetention } from './past-retention.ts';
import { recipients } from './recipients.ts';
import { match, type Sql } from './sql.ts';
import { table } from './table.ts';
import type { MakeConflict } from './transaction.ts';

const erasures = table<ErasureRow>('erasures', {
  issuer: 'key',
  id: 'key',
  at: 'time',
  who: 'text',
  part: 'text',
  reason: 'text',
  legalBasis: 'text',
  keyIds: 'json',
  keysDroppedAt: 'time',
  recipients: 'integer',
  awards: 'integer',
});

const suppressions = table<SuppressionRow>('suppressions', {
  issuer: 'key',
  hash: 'hash',
  erasureId: 'key',
  at: 'time',
});

const holds = table<HoldRow>('holds', {
  issuer: 'key',
  hash: 'hash',
  reason: 'text',
  at: 'time',
  who: 'text',
});

interface RetiredKeyRow {
  readonly issuer: string;
  readonly keyId: string;
}

const retiredKeys = table<RetiredKeyRow>('retired_keys', { issuer: 'key', keyId: 'key' });

const lockName = (issuer: string) => `erasures of ${issuer}`;

/** Look-ups of erasure, holds, suppression and retention. */
export function erasureReads(sql: Sql): ErasureReads {
  return {
    recipientsBySubject: (issuer, subjectHash) =>
      sql.select(recipients, (query) =>
        match(recipients, { issuer, subjectHash })(query).orderBy(['created_at', 'id']),
      ),
    suppressions: (issuer, hashes) => rowsByKeys(sql, { table: suppressions, by: 'hash' }, issuer, hashes),
    holds: (issuer, hashes) => rowsByKeys(sql, { table: holds, by: 'hash' }, issuer, hashes),
    allHolds: (issuer, limit) =>
      sql.select(holds, (query) => match(holds, { issuer })(query).orderBy(['at', 'hash']).limit(limit)),
    erasure: (issuer, id) => sql.first(erasures, match(erasures, { issuer, id })),
    erasures: (issuer, limit) =>
      sql.select(erasures, (query) =>
        match(erasures, { issuer })(query).orderBy('at', 'desc').orderBy('id', 'desc').limit(limit),
      ),
    erasuresWithKeys: (issuer, limit) =>
      sql.select(erasures, (query) =>
        match(erasures, { issuer, keysDroppedAt: null })(query).orderBy(['at', 'id']).limit(limit),
      ),
    isKeyRetired: async (issuer, keyId) =>
      (await sql.first(retiredKeys, match(retiredKeys, { issuer, keyId }))) !== undefined,
    recipientsPastRetention: (issuer, cutoffs, after, limit) =>
      pastRetention(sql, { issuer, cutoffs, after, limit }),
  };
}

/** Changes of erasure, holds, suppression and retention. */
export function erasureChanges(sql: Sql, conflict: MakeConflict): ErasureChanges {
  return {
    lockErasures: (issuer) => holdLock(sql, lockName(issuer)),
    async suppressions(issuer, hashes) {
      // Read after the lock: an erasure that had it before is stored by then.
      await shareLock(sql, lockName(issuer));
      return rowsByKeys(sql, { table: suppressions, by: 'hash' }, issuer, hashes);
    },
    keepRecipient: (issuer, id) =>
      sql.first<RecipientRow>(recipients, (query) => {
        const found = match(recipients, { issuer, id })(query);
        return found.forShare();
      }),
    async handAwards(rows) {
      for (const { issuer, id, revision, recipientId, sealedCredential, generation, facts } of rows) {
        const changes = {
          recipientId,
          sealedCredential,
          generation,
          facts,
          state: standingOf(facts).state,
          revision: revision + 1,
        };
        const changed = await sql.update(
          storedAwards,
          changes,
          match(storedAwards, { issuer, id, revision }),
        );
        if (changed === 0) throw conflict();
      }
    },
    async removeRecipient(issuer, recipientId) {
      const removed = {
        mails: await sql.remove(mails, match(mails, { issuer, recipientId })),
        claimSessions: await sql.remove(claimSessions, match(claimSessions, { issuer, recipientId })),
      };
      // An award that is still theirs refers to them: the database refuses.
      await sql.remove(recipients, match(recipients, { issuer, id: recipientId }));
      return removed;
    },
    insertErasure: (row) => sql.insert(erasures, [row]),
    async recordKeysDropped(issuer, erasureIds, at) {
      await sql.update(erasures, { keysDroppedAt: at }, (query) =>
        match(erasures, { issuer, keysDroppedAt: null })(query).whereIn('id', [...erasureIds]),
      );
    },
    async putSuppressions(rows) {
      for (const row of rows) await sql.put(suppressions, row, ['issuer', 'hash']);
    },
    deleteSuppressions: (issuer, erasureId) =>
      sql.remove(suppressions, match(suppressions, { issuer, erasureId })),
    putHold: (row) => sql.put(holds, row, ['issuer', 'hash']),
    deleteHold: async (issuer, hash) => (await sql.remove(holds, match(holds, { issuer, hash }))) > 0,
    retireKeys: (issuer, keyIds) =>
      sql.insertMissing(
        retiredKeys,
        keyIds.map((keyId) => ({ issuer, keyId })),
        ['issuer', 'keyId'],
      ),
  };
}
