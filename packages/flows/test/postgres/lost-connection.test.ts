import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import type { PostgresPool } from '../../src/postgres/sql.ts';
import { type Store, StoreUnavailable } from '../../src/store/ports.ts';
import { awardRow, historyRow, jobRow, newIssuer, recipientRow, start } from '../conformance/sample-rows.ts';
import { storeAward } from '../conformance/transaction-conformance.ts';
import { openTestDatabase, postgresMissing, type TestDatabase } from '@seek-pass-kit/prove/postgres';

const skip = await postgresMissing();

async function numberOfTransaction(pool: pg.Pool): Promise<bigint> {
  const { rows } = await pool.query<{ number: string }>('SELECT pg_current_xact_id()::text AS number');
  return BigInt(rows[0]?.number ?? 0);
}

describe.skipIf(skip)('a connection that breaks', () => {
  const schema = `lost_${process.pid}`;
  let database: TestDatabase;
  let pool: pg.Pool;
  let store: Store;
  beforeAll(async () => {
    database = await openTestDatabase();
    pool = new pg.Pool({ connectionString: database.connectionString });
    pool.on('error', () => undefined);
    store = await openPostgresStore({ pool, schema });
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await database.close();
  });

  /** Stores an award through a pool that fails at the first statement which looks like this. */
  const storeThrough = async (statement: RegExp, when: 'before' | 'after') => {
    const issuer = newIssuer();
    const failing = await openPostgresStore({
      pool: breakingPool(pool, statement, when),
      schema,
      migrations: 'check',
    });
    let runs = 0;
    const result = await failing.transaction(async (tx) => {
      runs += 1;
      await tx.insertRecipients([recipientRow(issuer, 'r1')]);
      await tx.insertAwards([awardRow(issuer, 'a1', 'r1')]);
      await tx.appendHistory([historyRow(issuer, 'a1')]);
      return 'stored';
    });
    expect(result).toBe('stored');
    expect(await store.read.history(issuer, 'a1')).toHaveLength(1);
    return runs;
  };

  test('after the COMMIT was carried out: the work is not done again', async () => {
    expect(await storeThrough(/COMMIT$/, 'after')).toBe(1);
  });

  test('before the COMMIT arrived: the work is done again', async () => {
    expect(await storeThrough(/COMMIT$/, 'before')).toBe(2);
  });

  test('by a crash that loses the transaction: it is stored, also when another one has got its number', async () => {
    const { restart } = database;
    if (restart === undefined) return;
    const issuer = newIssuer();
    let number = 0n;
    const failing = await openPostgresStore({
      pool: breakingPool(pool, /COMMIT$/, 'before', async () => {
        await restart('immediate');
        // Others take numbers until ours is among them, if the server forgot it.
        for (let other = 0n; other < number; ) other = await numberOfTransaction(pool);
      }),
      schema,
      migrations: 'check',
    });
    await failing.transaction(async (tx) => {
      await tx.insertRecipients([recipientRow(issuer, 'r1')]);
      const { rows } = await pool.query<{ next: string }>(
        'SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next',
      );
      number = BigInt(rows[0]?.next ?? 0) - 1n;
    });
    expect(await store.read.recipient(issuer, 'r1')).toBeDefined();
  }, 60_000);

  test('a receipt is kept for a day', async () => {
    await storeAward(store, newIssuer());
    const count = async (condition: string) => {
      const { rows } = await pool.query<{ count: string }>(
        `SELECT count(*) FROM ${schema}.receipts WHERE ${condition}`,
      );
      return Number(rows[0]?.count);
    };
    await pool.query(
      `UPDATE ${schema}.receipts SET at = now() - interval '25 hours' WHERE id IN (SELECT id FROM ${schema}.receipts LIMIT 1)`,
    );
    const young = await count(`at > now() - interval '1 day'`);
    await store.sweep(start);
    expect(await count('true')).toBe(young);
    await storeAward(store, newIssuer());
    expect(await count('true')).toBe(young + 1);
  });

  test.each([/^INSERT INTO \S+awards/, /^BEGIN/])(
    'in the middle, at %s: the work is done again',
    async (statement) => {
      const runs = await storeThrough(statement, 'after');
      expect(runs).toBe(statement.source.includes('BEGIN') ? 1 : 2);
    },
  );

  test('between two statements, by an administrator: the work is done again', async () => {
    const issuer = newIssuer();
    let runs = 0;
    await store.transaction(async (tx) => {
      runs += 1;
      await tx.insertRecipients([recipientRow(issuer, 'r1')]);
      if (runs === 1)
        await pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'`,
        );
      await tx.insertAwards([awardRow(issuer, 'a1', 'r1')]);
    });
    expect(runs).toBe(2);
    expect(await store.read.countByState(issuer)).toEqual({ ready: 1 });
  });

  test('after a settlement was carried out: the outcome still counts', async () => {
    const issuer = newIssuer();
    const failing = await openPostgresStore({
      pool: breakingPool(pool, /^UPDATE \S+jobs/, 'after'),
      schema,
      migrations: 'check',
    });
    await store.transaction((tx) => tx.enqueue([jobRow(issuer)]));
    const [job] = await store.jobs.claim({
      issuers: [issuer],
      kinds: ['mail'],
      limit: 1,
      leaseMs: 1_000,
      now: start,
    });
    if (job === undefined) throw new Error('The job is due.');
    expect(await failing.jobs.settle(job, { done: true })).toBe(true);
    expect(await store.jobs.settle(job, { done: true })).toBe(false);
  });

  test('of two transactions that wait for each other both go through in the end', async () => {
    const issuer = newIssuer();
    await storeAward(store, issuer, 'a1');
    await store.transaction((tx) => tx.insertAwards([awardRow(issuer, 'a2', 'r1')]));
    const raiseBoth = (ids: readonly string[]) =>
      store.transaction(async (tx) => {
        for (const id of ids) {
          const award = await tx.lockAward(issuer, id);
          if (award !== undefined) await tx.updateAward({ ...award, generation: award.generation + 1 });
          await pool.query('SELECT pg_sleep(0.05)');
        }
      });
    await Promise.all([raiseBoth(['a1', 'a2']), raiseBoth(['a2', 'a1'])]);
    expect((await store.read.award(issuer, 'a1'))?.generation).toBe(3);
    expect((await store.read.award(issuer, 'a2'))?.generation).toBe(3);
  });

  test('for longer than the patience lasts is told as such', async () => {
    const gone = openPostgresStore({
      connectionString: 'postgres://nobody@127.0.0.1:1/none',
      reconnectForMs: 50,
    });
    await expect(gone).rejects.toThrow(StoreUnavailable);
  });

  test('a wrong statement is not tried again', async () => {
    let runs = 0;
    const wrong = store.transaction(async (tx) => {
      runs += 1;
      await tx.enqueue([jobRow(newIssuer(), { kind: 'a text with \0' })]);
    });
    await expect(wrong).rejects.toMatchObject({ code: '22021' });
    expect(runs).toBe(1);
  });
});

/** Closes the connection at the first statement of this kind: before it is sent, or when it was carried out. */
function breakingPool(
  pool: pg.Pool,
  statement: RegExp,
  when: 'before' | 'after',
  breakAll?: () => Promise<void>,
): PostgresPool {
  let broken = false;
  return {
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const breakNow = async () => {
        broken = true;
        client.on('error', () => undefined);
        if (breakAll !== undefined) return breakAll();
        const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        // The second number: wait until it is gone, for so many milliseconds at most.
        await pool.query('SELECT pg_terminate_backend($1, 10000)', [rows[0]?.pid]);
      };
      return {
        on: (event, listener) => client.on(event, listener),
        release: (destroy) => client.release(destroy),
        async query(query) {
          const now = !broken && statement.test(query.text);
          if (now && when === 'before') await breakNow();
          const result = await client.query(query);
          if (!now || when === 'before') return result;
          await breakNow();
          throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
        },
      };
    },
  };
}
