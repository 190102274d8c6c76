import type { AwardRow, StoreReads, StoreTransaction } from '@seek-pass-kit/flows';
import { pageOf, standingOf, startOfPage } from '@seek-pass-kit/flows/store';
import { counted } from './counted.ts';
import { type LookUp, lookUp, type LookUpGathering, rowsByKeys } from './look-up.ts';
import { recipients } from './recipients.ts';
import { afterPosition, match, type Sql } from './sql.ts';
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

/** An award without what it holds. */
const versions = table<Pick<AwardRow, 'issuer' | 'keyHash' | 'version'>>('awards', {
  issuer: 'key',
  keyHash: 'hash',
  version: 'integer',
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
    async awardsByKey(issuer, keyHashes) {
      const newest = new Map<string, AwardRow>();
      const oldestFirst: LookUp<AwardRow> = {
        table: awards,
        by: 'keyHash',
        narrow: (query) => query.orderBy('version'),
      };
      for (const award of await rowsByKeys(sql, oldestFirst, issuer, keyHashes))
        newest.set(hexOf(award.keyHash), award);
      return [...newest.values()];
    },
    awardVersions: (issuer, keyHash) =>
      sql.select(awards, (query) => match(awards, { issuer, keyHash })(query).orderBy('version')),
    awardsOfRecipient: (issuer, recipientId) =>
      sql.select(awards, (query) =>
        match(awards, { issuer, recipientId })(query).orderBy(['created_at', 'id']),
      ),
    async awardsOfSubject(issuer, subjectHash, limit) {
      // In small steps: asked for at once, servers look every award of the issuer through.
      const people = await sql.selectSome(recipients, ['id'], match(recipients, { issuer, subjectHash }));
      const ids = people.map(({ id }) => id);
      const given = await rowsByKeys(sql, { table: awards, by: 'recipientId' }, issuer, ids);
      const newest = await newestVersions(sql, issuer, given);
      return given
        .filter(({ keyHash, version }) => newest.get(hexOf(keyHash)) === version)
        .sort((one, other) => byCreation(other, one))
        .slice(0, limit);
    },
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

/** The number of the newest version of each key that these awards have. */
async function newestVersions(
  sql: Sql,
  issuer: string,
  given: readonly AwardRow[],
): Promise<ReadonlyMap<string, number>> {
  const newest = new Map<string, number>();
  const keys = given.map(({ keyHash }) => keyHash);
  for (const { keyHash, version } of await rowsByKeys(
    sql,
    { table: versions, by: 'keyHash' },
    issuer,
    keys,
  )) {
    const key = hexOf(keyHash);
    newest.set(key, Math.max(newest.get(key) ?? 0, version));
  }
  return newest;
}

function hexOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex');
}

function byCreation(one: AwardRow, other: AwardRow): number {
  if (one.createdAt !== other.createdAt) return one.createdAt - other.createdAt;
  return one.id < other.id ? -1 : 1;
}
