import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectPostgres } from '../../src/postgres/inspect-postgres.ts';
import { migrations } from '../../src/postgres/migrations/migration.ts';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { openTestDatabase, type TestDatabase } from '@seek-pass-kit/prove/postgres';

let database: TestDatabase | undefined;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database?.close());

function connectionString(): string {
  if (database === undefined) throw new Error('The database is open only while a test runs.');
  return database.connectionString;
}

async function sql(text: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: connectionString() });
  await client.connect();
  const { rows } = await client.query<object>(text);
  await client.end();
  return rows;
}

test('it tells of a database without our schema, and makes none', async () => {
  const state = await inspectPostgres({ connectionString: connectionString(), schema: 'inspected_empty' });
  expect(state).toMatchObject({ missingMigrations: migrations.length, rewritableRecords: [] });
  expect(state.majorVersion).toBeGreaterThanOrEqual(13);
  expect(state.version).toMatch(/^\d+/);
  expect(state.roundTripMs).toBeGreaterThan(0);
  // The same machine.
  expect(Math.abs(state.clockOffsetMs)).toBeLessThan(1_000);
  expect(await sql(`SELECT FROM pg_namespace WHERE nspname = 'inspected_empty'`)).toEqual([]);
});

test('a schema that is up to date lacks nothing, and its owner could rewrite the record', async () => {
  await (await openPostgresStore({ connectionString: connectionString(), schema: 'inspected_full' })).close();
  const state = await inspectPostgres({ connectionString: connectionString(), schema: 'inspected_full' });
  expect(state.missingMigrations).toBe(0);
  expect(state.rewritableRecords).toContain('history');
});

test('a schema of a newer version is told from one that lacks a step', async () => {
  const schema = 'inspected_newer';
  await (await openPostgresStore({ connectionString: connectionString(), schema })).close();
  await sql(`DELETE FROM ${schema}.migrations WHERE number = ${migrations.length}`);
  expect(await inspectPostgres({ connectionString: connectionString(), schema })).toMatchObject({
    missingMigrations: 1,
  });
  await sql(
    `INSERT INTO ${schema}.migrations (number, name, checksum) VALUES (${migrations.length}, 'x', 'y')`,
  );
  const { missingMigrations } = await inspectPostgres({ connectionString: connectionString(), schema });
  expect(missingMigrations).toBeUndefined();
});

test('a database that does not answer rejects, soon', async () => {
  await expect(
    inspectPostgres({ connectionString: 'postgres://nobody@127.0.0.1:1/none', connectForMs: 1_000 }),
  ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
