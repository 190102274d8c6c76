import { cutoffOf, isRecordOfNobody } from '../../retention/retention-cutoffs.ts';
import type {
  ErasureChanges,
  ErasureReads,
  ErasureRow,
  HoldRow,
  RetentionCutoffs,
  SuppressionRow,
} from '../erasures.ts';
import type { StoreConflict } from '../ports.ts';
import type { AwardRow, ClaimSessionRow, MailRow, RecipientRow } from '../rows.ts';
import { keyOf, MemoryTable, type View } from './memory-table.ts';
import type { StoredHistory } from './memory-tables.ts';

interface RetiredKey {
  readonly issuer: string;
  readonly keyId: string;
}

/** Tables of erasure, holds, suppression and retention. */
export function erasureTables() {
  return {
    erasures: new MemoryTable<ErasureRow>((row) => keyOf(row.issuer, row.id), {
      issuer: (row) => row.issuer,
      withKeys: (row) => (row.keysDroppedAt === null ? row.issuer : undefined),
    }),
    suppressions: new MemoryTable<SuppressionRow>((row) => keyOf(row.issuer, row.hash), {
      erasure: (row) => keyOf(row.issuer, row.erasureId),
    }),
    holds: new MemoryTable<HoldRow>((row) => keyOf(row.issuer, row.hash), { issuer: (row) => row.issuer }),
    retiredKeys: new MemoryTable<RetiredKey>((row) => keyOf(row.issuer, row.keyId)),
  };
}

type ErasureTables = ReturnType<typeof erasureTables>;

/** The tables of awards and people that an erasure changes. */
interface PersonTables {
  readonly recipients: MemoryTable<RecipientRow>;
  readonly awards: MemoryTable<AwardRow>;
  readonly mails: MemoryTable<MailRow>;
  readonly sessions: MemoryTable<ClaimSessionRow>;
  readonly history: MemoryTable<StoredHistory>;
}

/** Look-ups of erasure, holds, suppression and retention. */
export function erasureReads(tables: ErasureTables & PersonTables, view: View): ErasureReads {
  const { erasures, suppressions, holds, retiredKeys, recipients } = tables;
  const among = <Row>(table: MemoryTable<Row>, issuer: string, hashes: readonly Uint8Array[]) =>
    [...new Set(hashes.map((hash) => keyOf(issuer, hash)))].flatMap((key) => table.get(key, view) ?? []);
  return {
    async recipientsBySubject(issuer, subjectHash) {
      return recipients
        .find('subject', keyOf(issuer, subjectHash), view)
        .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    },
    suppressions: async (issuer, hashes) => among(suppressions, issuer, hashes),
    holds: async (issuer, hashes) => among(holds, issuer, hashes),
    async allHolds(issuer, limit) {
      return holds
        .find('issuer', issuer, view)
        .sort((a, b) => a.at - b.at || Buffer.compare(a.hash, b.hash))
        .slice(0, limit);
    },
    async erasure(issuer, id) {
      return erasures.get(keyOf(issuer, id), view);
    },
    async erasures(issuer, limit) {
      return erasures.find('issuer', issuer, view).sort(newestFirst).slice(0, limit);
    },
    async erasuresWithKeys(issuer, limit) {
      return erasures.find('withKeys', issuer, view).sort(newestFirst).reverse().slice(0, limit);
    },
    async isKeyRetired(issuer, keyId) {
      return retiredKeys.get(keyOf(issuer, keyId), view) !== undefined;
    },
    async recipientsPastRetention(issuer, cutoffs, after, limit) {
      const page = recipients
        .find('issuer', issuer, view)
        .filter(({ id }) => id > after)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit);
      const last = page.length < limit ? undefined : page.at(-1)?.id;
      return {
        recipients: page.filter((row) => isPast(tables, view, row, cutoffs)),
        ...(last === undefined ? {} : { last }),
      };
    },
  };
}

function newestFirst(a: ErasureRow, b: ErasureRow): number {
  return b.at - a.at || (a.id < b.id ? 1 : -1);
}

function isPast(
  tables: PersonTables,
  view: View,
  recipient: RecipientRow,
  cutoffs: RetentionCutoffs,
): boolean {
  const { issuer, id, wrappedKey, createdAt } = recipient;
  if (wrappedKey === null) return false;
  const isRecord = isRecordOfNobody(recipient);
  const lastAt = (award: AwardRow): number =>
    Math.max(
      award.createdAt,
      ...tables.history.find('award', keyOf(issuer, award.id), view).map(({ line }) => line.at),
    );
  const awards = tables.awards.find('recipient', keyOf(issuer, id), view);
  if (awards.length === 0) return createdAt <= ((isRecord ? cutoffs.records : cutoffs.ended) ?? -1);
  return awards.every((award) => lastAt(award) <= cutoffOf(award, isRecord, cutoffs));
}

/** Changes of erasure, holds, suppression and retention. */
export function erasureChanges(
  tables: ErasureTables & PersonTables,
  conflict: () => StoreConflict,
): Omit<ErasureChanges, 'suppressions'> {
  const { erasures, suppressions, holds, retiredKeys, recipients, awards, mails, sessions } = tables;
  return {
    // Transactions run one after another.
    async lockErasures() {},
    async keepRecipient(issuer, recipientId) {
      return recipients.get(keyOf(issuer, recipientId), 'own');
    },
    async handAwards(rows) {
      for (const row of rows) {
        const { issuer, id, recipientId, sealedCredential, generation, facts, revision } = row;
        const stored = awards.get(keyOf(issuer, id), 'own');
        if (stored?.revision !== revision) throw conflict();
        if (recipients.get(keyOf(issuer, recipientId), 'own') === undefined) throw conflict();
        awards.put({ ...stored, recipientId, sealedCredential, generation, facts, revision: revision + 1 });
      }
    },
    async removeRecipient(issuer, recipientId) {
      const key = keyOf(issuer, recipientId);
      if (awards.find('recipient', key, 'own').length > 0) throw conflict();
      const ofMails = mails.find('recipient', key, 'own');
      for (const { id } of ofMails) mails.delete(keyOf(issuer, id));
      const ofSessions = sessions
        .all('own')
        .filter((row) => row.issuer === issuer && row.recipientId === recipientId);
      for (const { idHash } of ofSessions) sessions.delete(keyOf(issuer, idHash));
      recipients.delete(key);
      return { mails: ofMails.length, claimSessions: ofSessions.length };
    },
    async insertErasure(row) {
      if (erasures.get(keyOf(row.issuer, row.id), 'own') !== undefined) throw conflict();
      erasures.put(row);
    },
    async recordKeysDropped(issuer, erasureIds, at) {
      for (const id of erasureIds) {
        const stored = erasures.get(keyOf(issuer, id), 'own');
        if (stored !== undefined) erasures.put({ ...stored, keysDroppedAt: stored.keysDroppedAt ?? at });
      }
    },
    async putSuppressions(rows) {
      for (const row of rows) suppressions.put(row);
    },
    async deleteSuppressions(issuer, erasureId) {
      const found = suppressions.find('erasure', keyOf(issuer, erasureId), 'own');
      for (const { hash } of found) suppressions.delete(keyOf(issuer, hash));
      return found.length;
    },
    async putHold(row) {
      holds.put(row);
    },
    async deleteHold(issuer, hash) {
      const key = keyOf(issuer, hash);
      if (holds.get(key, 'own') === undefined) return false;
      holds.delete(key);
      return true;
    },
    async retireKeys(issuer, keyIds) {
      for (const keyId of keyIds) retiredKeys.put({ issuer, keyId });
    },
  };
}
