import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { countedNames } from '../../src/reporting/counted.ts';
import { milestoneOf } from '../../src/reporting/milestone.ts';
import { waitLimits, waitOf } from '../../src/reporting/wait.ts';
import type { Store } from '../../src/store/ports.ts';
import { awardRow, historyRow, mailRow, recipientRow, start } from '../conformance/sample-rows.ts';
import { openTestDatabase, postgresMissing, type TestDatabase } from '@seek-pass-kit/prove/postgres';

const skip = await postgresMissing();
const stored = 20_000;

describe.skipIf(skip)('counts for reports on PostgreSQL', () => {
  const schema = `counts_${process.pid}`;
  const issuer = 'issuer';
  let database: TestDatabase;
  let pool: pg.Pool;
  let store: Store;

  beforeAll(async () => {
    database = await openTestDatabase();
    // One connection, so that the server knows what was read when it is asked.
    pool = new pg.Pool({ connectionString: database.connectionString, max: 1 });
    pool.on('error', () => undefined);
    store = await openPostgresStore({ pool, schema });
    await store.transaction(async (tx) => {
      const numbers = Array.from({ length: stored }, (_, at) => at);
      await tx.insertRecipients([recipientRow(issuer, 'r')]);
      await tx.insertAwards(
        numbers.map((at) => awardRow(issuer, `a${at}`, 'r', { createdAt: start + at * 60_000 })),
      );
      await tx.appendHistory(numbers.map((at) => historyRow(issuer, `a${at}`, { what: 'submitted' })));
      await tx.insertMails(numbers.map((at) => mailRow(issuer, `m${at}`, { state: 'accepted' })));
    });
    await store.transaction((tx) => tx.recountReports(issuer, 'Asia/Jakarta'));
    await pool.query('ANALYZE');
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await database.close();
  });

  test('the schema counts what the code counts', async () => {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = '${schema}.report_counts'::regclass AND attnum > 3
        ORDER BY attnum`,
    );
    expect(rows.map(({ name }) => name)).toEqual(countedNames);
  });

  test.each([
    'created',
    'submitted',
    'added',
    'added_after_withdrawal',
    'added_after_supersession',
    'declined',
    'expired',
    'closed',
    'rejected',
    'withdrawn',
    'superseded',
    'mail_sent',
    'link_copied',
    '',
  ])('the schema reads the line "%s" as the code does', async (what) => {
    const { rows } = await pool.query<{ is: string | null }>(`SELECT ${schema}.milestone_of($1) AS is`, [
      what,
    ]);
    expect(rows[0]?.is ?? undefined).toBe(milestoneOf(what));
  });

  test('the schema measures waits as the code does', async () => {
    const times = [0, ...waitLimits.flatMap((limit) => [limit - 1, limit])];
    const { rows } = await pool.query<{ is: string }>(
      `SELECT ${schema}.wait_of(ms) AS is FROM unnest($1::bigint[]) WITH ORDINALITY AS t (ms, at) ORDER BY at`,
      [times],
    );
    expect(rows.map(({ is }) => is)).toEqual(times.map((ms) => `waited_${waitOf(ms)}`));
  });

  test('a report and the counts by state read no table of awards, history or mails', async () => {
    const before = await scans();
    await store.read.reportCounts({
      issuer,
      timeZone: 'Asia/Jakarta',
      periods: ['2026-03-01', '2026-03-08'],
      end: '2026-03-31',
    });
    expect(await store.read.countByState(issuer)).toEqual({ ready: stored });
    expect(await store.read.countMailsByState(issuer)).toEqual({ accepted: stored });
    expect(await scans()).toEqual(before);
    await store.read.award(issuer, 'a1');
    expect(await scans()).not.toEqual(before);
  });

  test('an award that changes reads itself and its own history alone', async () => {
    const read = async () => {
      const { rows } = await pool.query<{ rows: number }>(
        `SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::float8 AS rows FROM pg_stat_user_tables
          WHERE schemaname = $1 AND relname IN ('awards', 'history')`,
        [schema],
      );
      return rows[0]?.rows ?? Number.NaN;
    };
    await settled();
    const before = await read();
    await store.transaction(async (tx) => {
      const award = await tx.lockAward(issuer, 'a7');
      if (award === undefined) throw new Error('It was stored.');
      await tx.updateAward({ ...award, facts: { submissions: [{ attempt: 1, outcome: 'verified' }] } });
      await tx.appendHistory([historyRow(issuer, 'a7', { what: 'added' })]);
    });
    await settled();
    expect((await read()) - before).toBeLessThan(20);
    expect(await store.read.countByState(issuer)).toEqual({ ready: stored - 1, added: 1 });
  });

  /** How often the large tables were read, in any way. */
  async function scans(): Promise<unknown> {
    await settled();
    const { rows } = await pool.query(
      `SELECT relname, seq_scan, idx_scan FROM pg_stat_user_tables
        WHERE schemaname = $1 AND relname IN ('awards', 'history', 'mails') ORDER BY relname`,
      [schema],
    );
    return rows;
  }

  /** Every connection tells the server what it has read. */
  async function settled(): Promise<void> {
    await pool.query('SELECT pg_stat_force_next_flush()').catch(() => undefined);
    await pool.query('SELECT pg_stat_clear_snapshot()');
  }
});
