import { afterEach, expect, test } from 'vitest';
import { openStrapiStore } from '../../server/src/store/open-strapi-store.ts';
import { type SiteDatabase, sqlite } from './site-databases.ts';

const twenty = Array.from({ length: 20 }, (_, at) => at);

let database: SiteDatabase | undefined;

afterEach(async () => {
  await database?.close();
});

async function openStore() {
  database = await sqlite.open();
  const knex = database.openPool();
  const store = await openStrapiStore({ knex, client: database.client });
  const commits: string[] = [];
  knex.on('query', ({ sql }: { readonly sql: string }) => {
    if (sql.startsWith('COMMIT')) commits.push(sql);
  });
  /** Stores one job, and fails if told so. */
  const change = (at: number, error?: Error) =>
    store.transaction(async (tx) => {
      await tx.enqueue([{ id: `job-${at}`, issuer: 'school', kind: 'test', refs: {}, runAt: 0 }]);
      if (error !== undefined) throw error;
      return at;
    });
  const stored = async () => (await store.jobs.backlog(['school'], 1)).due;
  return { knex, change, stored, commits };
}

test('transactions that are asked for together share COMMITs, and each has its own answer', async () => {
  const { change, stored, commits } = await openStore();
  expect(await Promise.all(twenty.map((at) => change(at)))).toEqual(twenty);
  expect(await stored()).toBe(20);
  expect(commits.length).toBeLessThan(10);
});

test('a transaction that fails among others undoes what it did, and nothing of theirs', async () => {
  const { change, stored } = await openStore();
  const ended = await Promise.allSettled(
    twenty.map((at) => change(at, at % 3 === 0 ? new RangeError('on purpose') : undefined)),
  );
  expect(ended.map(({ status }) => status === 'rejected')).toEqual(twenty.map((at) => at % 3 === 0));
  expect(await stored()).toBe(13);
});

test('when the COMMIT fails everybody is told, and nothing is stored', async () => {
  const { knex, change, stored } = await openStore();
  const connection = await knex.client.acquireConnection();
  await knex.client.releaseConnection(connection);
  // As SQLite itself ends a transaction, such as when the disk is full.
  let isEnded = false;
  knex.on('query', ({ sql }: { readonly sql: string }) => {
    if (isEnded || !sql.startsWith('RELEASE')) return;
    isEnded = true;
    connection.exec('ROLLBACK');
  });
  const ended = await Promise.allSettled([change(0), change(1)]);
  expect(ended[0]?.status).toBe('rejected');
  expect(await stored()).toBe(ended.filter(({ status }) => status === 'fulfilled').length);
});

test('nobody has an answer before it is stored', async () => {
  const { knex, change } = await openStore();
  const order: string[] = [];
  knex.on('query', ({ sql }: { readonly sql: string }) => {
    if (sql.startsWith('COMMIT')) order.push('stored');
  });
  await Promise.all([0, 1, 2].map((at) => change(at).then(() => order.push('answered'))));
  expect(order[0]).toBe('stored');
  expect(order.at(-1)).toBe('answered');
});
