import type { AwardRow, StoreReads, StoreTransaction } from '@seek-pass-kit/flows';
import { pageOf, standingOf, startOfPage } from '@seek-pass-kit/flows/store';
import { counted } from './counted.ts';
import { lookUp, type LookUpGathering, rowsByKeys } from './look-up.ts';
import { recipients } from './recipients.ts';
import { afterPosition, match, type Narrow, type Sql } from './sql.ts';
import { table } from './table.ts';
import type { MakeConflict } from './transaction.ts';

/** What was awarded. */
export const awards = table<AwardRow>('awards', {
  issuer: 'key',
  id: 'key',
  keyHash: 'hash',
  version: 'integer',
  recipientId: 'key',
  credentialType: 'text',
  course: 'key',
  generation: 'integer',
  facts: 'json',
  sealedCredential: 'bytes',
  payloadHash: 'hash',
  createdAt: 'time',
  revision: 'integer',
});

/** An award with the state that lists and counts go by. */
export const storedAwards = table<AwardRow & { readonly state: string }>('awards', {
  ...awards.columns,
  state: 'key',
});

type AwardReads = Pick<
  StoreReads,
  | 'award'
  | 'awardsByKey'
  | 'awardVersions'
  | 'awardsOfRecipient'
  | 'awardsOfSubject'
  | 'listAwards'
  | 'countByState'
>;

/** Look-ups of awards. */
export function awardReads(sql: Sql, gathering: LookUpGathering): AwardReads {
  const byId = lookUp(sql, { table: awards, by: 'id' }, gathering);
  return {
    award: async (issuer, id) => (await byId(issuer, id))[0],
    awardsByKey: (issuer, keyHashes) =>
      rowsByKeys(sql, { table: awards, by: 'keyHash', narrow: isNewest }, issuer, keyHashes),
    awardVersions: (issuer, keyHash) =>
      sql.select(awards, (query) => match(awards, { issuer, keyHash })(query).orderBy('version')),
    awardsOfRecipient: (issuer, recipientId) =>
      sql.select(awards, (query) =>
        match(awards, { issuer, recipientId })(query).orderBy(['created_at', 'id']),
      ),
    awardsOfSubject: (issuer, subjectHash, limit) =>
      sql.select(awards, (query) =>
        isNewest(match(awards, { issuer })(query))
          .whereIn('recipient_id', (of) =>
            match(recipients, { issuer, subjectHash })(of.from(recipients.name).select('id')),
          )
          .orderBy([
            { column: 'created_at', order: 'desc' },
            { column: 'id', order: 'desc' },
          ])
          .limit(limit),
      ),
    async listAwards(wanted) {
      const { issuer, state, limit } = wanted;
      const start = startOfPage(wanted);
      const found = await sql.select(awards, (query) => {
        const page = match(storedAwards, state === undefined ? { issuer } : { issuer, state })(query);
        return afterPosition(page, start)
          .orderBy(['created_at', 'id'])
          .limit(limit + 1);
      });
      return pageOf(found, limit);
    },
    countByState: (issuer) => counted(sql, storedAwards, 'state', match(storedAwards, { issuer })),
  };
}

/** Changes of awards. */
export function awardChanges(
  sql: Sql,
  conflict: MakeConflict,
): Pick<StoreTransaction, 'insertAwards' | 'lockAward' | 'updateAward'> {
  const lock = lookUp(sql, {
    table: awards,
    by: 'id',
    narrow: (query) => query.orderBy('id').forUpdate(),
  });
  return {
    insertAwards: (rows) =>
      sql.insert(
        storedAwards,
        rows.map((row) => ({ ...row, state: standingOf(row.facts).state })),
      ),
    lockAward: async (issuer, id) => (await lock(issuer, id))[0],
    async updateAward({ issuer, id, revision, generation, facts }) {
      const changes = { generation, facts, state: standingOf(facts).state, revision: revision + 1 };
      const read = match(storedAwards, { issuer, id, revision });
      if ((await sql.update(storedAwards, changes, read)) === 0) throw conflict();
    },
  };
}

/** Leaves out awards that a newer version of the same key took the place of. */
const isNewest: Narrow = (query) =>
  query.whereNotExists((newer) =>
    newer
      .from({ newer: awards.name })
      .select('newer.id')
      .whereRaw('?? = ??', ['newer.issuer', `${awards.name}.issuer`])
      .whereRaw('?? = ??', ['newer.key_hash', `${awards.name}.key_hash`])
      .whereRaw('?? > ??', ['newer.version', `${awards.name}.version`]),
  );
