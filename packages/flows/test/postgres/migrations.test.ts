import { randomUUID } from 'node:crypto';
import { SeekPassError } from '@seek-pass-kit/core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyMigrations, checkMigrations } from '../../src/postgres/migrations/migrate.ts';
import { checksumOf, type Migration, migrations } from '../../src/postgres/migrations/migration.ts';
import { migratePostgres, openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { storeAward } from '../conformance/transaction-conformance.ts';
import { openTestDatabase, postgresMissing, type TestDatabase } from '@seek-pass-kit/prove/postgres';

const skip = await postgresMissing();

const extra: Migration = {
  number: migrations.length + 1,
  name: 'a column that a later version needs',
  sql: (schema) =>
    `ALTER TABLE ${schema}.awards ADD COLUMN note text; CREATE TABLE ${schema}.notes (id text)`,
};
const broken: Migration = {
  number: migrations.length + 1,
  name: 'a step that fails half-way',
  sql: (schema) => `CREATE TABLE ${schema}.half (id text); SELECT 1 / 0`,
};

test('the first schema is frozen: databases that have it would refuse another one', () => {
  expect(migrations[0] === undefined ? '' : checksumOf(migrations[0])).toBe(
    '83faa4bb02be10be414bd50ded6c8207857fcbb51c43b15d433ba31ac11555a7',
  );
});

test('so is the record of stops', () => {
  expect(migrations[1] === undefined ? '' : checksumOf(migrations[1])).toBe(
    '79d6ffbc3d35130e28cd969d867194ec53a64729fec5071472caec5446da5853',
  );
});

test('so are mails and mutes', () => {
  expect(migrations[2] === undefined ? '' : checksumOf(migrations[2])).toBe(
    '3b23c86a1f65e5485f53a6c0eb68faf7c8b1eb77ed5331b00e02c4caa418d0ba',
  );
});

test('so are shared rates', () => {
  expect(migrations[3] === undefined ? '' : checksumOf(migrations[3])).toBe(
    '3aca03b6815c2fbccafdae8a04f8f50068dcba7912c71d8816443224760c20ce',
  );
});

test('so are receipts', () => {
  expect(migrations[4] === undefined ? '' : checksumOf(migrations[4])).toBe(
    '7cd4d772d8055759f89aba14f4487a7cb4de5531f79ccbd30ee0136bc9929eb4',
  );
});

test('migrations are numbered from 1 without gaps', () => {
  expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, at) => at + 1));
});

describe.skipIf(skip)('migrations', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  beforeAll(async () => {
    database = await openTestDatabase();
    pool = new pg.Pool({ connectionString: database.connectionString, max: 8 });
    pool.on('error', () => undefined);
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await database.close();
  });
  const newSchema = () => `s_${randomUUID().replaceAll('-', '_')}`;
  const codeOf = async (work: Promise<unknown>) =>
    work.then(
      () => 'no error',
      (error: unknown) => (SeekPassError.is(error) ? error.code : String(error)),
    );
  const tablesOf = async (schema: string) => {
    const { rows } = await pool.query<{ name: string }>(
      'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1',
      [schema],
    );
    return rows.map(({ name }) => name);
  };

  test('eight processes that start at once apply each step once', async () => {
    const schema = newSchema();
    await Promise.all(Array.from({ length: 8 }, () => applyMigrations(pool, schema, migrations)));
    const { rows } = await pool.query<{ number: number }>(`SELECT number FROM ${schema}.migrations`);
    expect(rows.map(({ number }) => number)).toEqual(migrations.map(({ number }) => number));
  });

  test('an upgrade from the first schema keeps what is stored', async () => {
    const schema = newSchema();
    await applyMigrations(pool, schema, migrations.slice(0, 1));
    const before = await openPostgresStore({ pool, schema });
    await storeAward(before, 'issuer', 'a1');
    const award = await before.read.award('issuer', 'a1');
    await applyMigrations(pool, schema, [...migrations, extra]);
    expect(award).toBeDefined();
    expect(await before.read.award('issuer', 'a1')).toEqual(award);
    expect(await before.read.history('issuer', 'a1')).toHaveLength(1);
    expect(await tablesOf(schema)).toContain('notes');
  });

  test('a stop from the time before the record of stops still stops, and is on record', async () => {
    const schema = newSchema();
    await applyMigrations(pool, schema, migrations.slice(0, 1));
    await pool.query(`INSERT INTO ${schema}.stops VALUES ('issuer', '*'), ('other', 'education')`);
    const store = await openPostgresStore({ pool, schema });
    expect(await store.read.isStopped('issuer', 'microcredential')).toBe(true);
    expect(await store.transaction((tx) => tx.isStopped('other', 'education'))).toBe(true);
    expect(await store.read.stops('issuer', 9)).toMatchObject([
      { credentialType: null, stopped: true, who: 'system' },
    ]);
    expect(await store.read.stops('other', 9)).toMatchObject([{ credentialType: 'education' }]);
    await expect(pool.query(`DELETE FROM ${schema}.stop_record`)).rejects.toThrow(/insert-only/);
  });

  test('a step that fails leaves the schema as it was', async () => {
    const schema = newSchema();
    await applyMigrations(pool, schema, migrations);
    await expect(applyMigrations(pool, schema, [...migrations, broken])).rejects.toThrow(/division by zero/);
    expect(await tablesOf(schema)).not.toContain('half');
    await applyMigrations(pool, schema, [...migrations, extra]);
  });

  test('a database of a newer version, or with another step, is refused', async () => {
    const schema = newSchema();
    await applyMigrations(pool, schema, [...migrations, extra]);
    expect(await codeOf(openPostgresStore({ pool, schema }))).toBe('invalid_configuration');
    expect(await codeOf(applyMigrations(pool, schema, [...migrations, broken]))).toBe(
      'invalid_configuration',
    );
  });

  test('`check` opens what is up to date, refuses the rest and changes nothing', async () => {
    const schema = newSchema();
    expect(await codeOf(openPostgresStore({ pool, schema, migrations: 'check' }))).toBe(
      'invalid_configuration',
    );
    expect(await tablesOf(schema)).toEqual([]);
    await migratePostgres({ pool, schema });
    expect(await codeOf(openPostgresStore({ pool, schema, migrations: 'check' }))).toBe('no error');
    expect(await codeOf(checkMigrations(pool, schema, [...migrations, extra]))).toBe('invalid_configuration');
  });

  test('history can be neither changed nor deleted, by nobody', async () => {
    const schema = newSchema();
    const store = await openPostgresStore({ pool, schema });
    await storeAward(store, 'issuer', 'a1');
    for (const change of [
      `UPDATE ${schema}.history SET who = 'x'`,
      `DELETE FROM ${schema}.history`,
      `TRUNCATE ${schema}.history`,
    ]) {
      await expect(pool.query(change)).rejects.toMatchObject({ code: '23001' });
    }
    expect(await store.read.history('issuer', 'a1')).toHaveLength(1);
  });

  test.each(['Seek', 'a b', '1a', 'pg_x', '', 'a"b', 'a'.repeat(51)])(
    'refuses the schema name "%s"',
    async (schema) => {
      expect(await codeOf(openPostgresStore({ pool, schema }))).toBe('invalid_configuration');
    },
  );

  test('refuses both a pool and a connection string, and none', async () => {
    expect(await codeOf(openPostgresStore({ pool, connectionString: database.connectionString }))).toBe(
      'invalid_configuration',
    );
    expect(await codeOf(openPostgresStore({}))).toBe('invalid_configuration');
  });
});
