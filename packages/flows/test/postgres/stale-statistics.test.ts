import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import type { PostgresPool, PostgresQuery } from '../../src/postgres/sql.ts';
import type { Store } from '../../src/store/ports.ts';
import { awardRow, hash, jobRow, recipientRow, start } from '../conformance/sample-rows.ts';
import { openTestDatabase, postgresMissing, type TestDatabase } from '@seek-pass-kit/prove/postgres';

const skip = await postgresMissing();
const stored = 4_000;
const asked = 200;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly PlanNode[];
}

describe.skipIf(skip)(
  'while an import outruns the statistics of the server, a look-up reads what it asks for',
  () => {
    const schema = `stale_${process.pid}`;
    const issuer = 'issuer';
    const statements: PostgresQuery[] = [];
    let database: TestDatabase;
    let pool: pg.Pool;
    let store: Store;

    beforeAll(async () => {
      database = await openTestDatabase();
      pool = new pg.Pool({ connectionString: database.connectionString });
      pool.on('error', () => undefined);
      store = await openPostgresStore({ pool: recordingPool(pool, statements), schema });
      for (const table of ['recipients', 'awards', 'jobs']) {
        await pool.query(`ALTER TABLE ${schema}.${table} SET (autovacuum_enabled = off)`);
      }
      await storeMany(0, 10);
      await pool.query('ANALYZE');
      await storeMany(10, stored);
    }, 60_000);
    afterAll(async () => {
      await pool.end();
      await database.close();
    });

    const storeMany = (from: number, to: number) =>
      store.transaction(async (tx) => {
        const numbers = Array.from({ length: to - from }, (_, at) => from + at);
        await tx.insertRecipients(
          numbers.map((at) => recipientRow(issuer, `r${at}`, { subjectHash: hash(`subject of r${at}`) })),
        );
        await tx.insertAwards(
          numbers.map((at) => awardRow(issuer, `a${at}`, `r${at}`, { createdAt: start + at })),
        );
        await tx.enqueue(numbers.map((at) => jobRow(issuer, { runAt: start + at })));
      });
    const hashes = (prefix: string, suffix = '') =>
      Array.from({ length: asked }, (_, at) => hash(`${prefix}${at}${suffix}`));

    const everyOne = (lookUp: (at: number) => Promise<unknown>) =>
      Promise.all(Array.from({ length: asked }, (_, at) => lookUp(at)));

    test.each<[string, number, (read: Store['read']) => Promise<unknown>]>([
      ['awards by key', asked, (read) => read.awardsByKey(issuer, hashes('key of a'))],
      ['recipients by address', asked, (read) => read.recipientsByEmail(issuer, hashes('r', '@example.edu'))],
      ['awards by id, all at once', asked, (read) => everyOne((at) => read.award(issuer, `a${at}`))],
      ['recipients by id, all at once', asked, (read) => everyOne((at) => read.recipient(issuer, `r${at}`))],
      ['awards of a recipient', 1, (read) => read.awardsOfRecipient(issuer, 'r7')],
      ['awards of a subject', 2, (read) => read.awardsOfSubject(issuer, hash('subject of r7'), 10)],
      ['a page of awards', 101, (read) => read.listAwards({ issuer, limit: 100 })],
      ['a page of a state', 101, (read) => read.listAwards({ issuer, limit: 100, state: 'ready' })],
    ])('%s', async (_, expected, lookUp) => {
      statements.length = 0;
      await lookUp(store.read);
      const statement = statements.at(-1);
      const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>({
        text: `EXPLAIN (ANALYZE, FORMAT JSON) ${statement?.text}`,
        values: statement?.values ?? [],
      });
      const plan = rows[0]?.['QUERY PLAN'][0].Plan;
      if (plan === undefined) throw new Error('The server explains its plan.');
      expect(rowsScanned(plan)).toBe(expected);
    });
  },
);

/** Rows that came out of tables and indexes, those that were thrown away included. */
function rowsScanned(node: PlanNode): number {
  const below = (node.Plans ?? []).reduce((sum, child) => sum + rowsScanned(child), 0);
  if (!/(Seq|Index|Index Only|Bitmap Heap) Scan$/.test(node['Node Type'])) return below;
  return below + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
}

function recordingPool(pool: pg.Pool, statements: PostgresQuery[]): PostgresPool {
  return {
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      return {
        on: () => client,
        release: (destroy) => client.release(destroy),
        query(query) {
          statements.push(query);
          return client.query(query);
        },
      };
    },
  };
}
