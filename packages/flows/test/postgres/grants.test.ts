import { randomUUID } from 'node:crypto';
import { SeekPassError } from '@seek-pass-kit/core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantStatements, privileges } from '../../src/postgres/grants.ts';
import { migratePostgres, openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { storeConformance } from '../conformance/store-conformance.ts';
import { openTestDatabase, postgresMissing, type TestDatabase } from '@seek-pass-kit/prove/postgres';

const skip = await postgresMissing();

/** A schema of its owner, and a role that has the grants and nothing else. */
async function openAsApplication(database: TestDatabase) {
  const schema = `granted_${randomUUID().replaceAll('-', '')}`;
  const role = `app "${schema.slice(0, 20)}"`;
  const { connectionString } = database;
  await migratePostgres({ connectionString, schema });
  const owner = new pg.Pool({ connectionString, max: 2 });
  owner.on('error', () => undefined);
  await owner.query(`CREATE ROLE "${role.replaceAll('"', '""')}" LOGIN`);
  await owner.query(['BEGIN', ...grantStatements({ role, schema }), 'COMMIT'].join(';'));
  const url = new URL(connectionString);
  url.username = encodeURIComponent(role);
  return {
    schema,
    owner,
    connectionString: url.href,
    open: () => openPostgresStore({ connectionString: url.href, schema, migrations: 'check' }),
  };
}

/** The code by which the server refuses a statement, and the statement. */
async function refusalOf(application: pg.Pool, statement: string): Promise<string> {
  const code = await application.query(statement).then(
    () => 'done',
    (error: unknown) => (error instanceof pg.DatabaseError ? error.code : String(error)),
  );
  return `${code} ${statement}`;
}

storeConformance(
  'PostgreSQL, as a role with nothing but the grants',
  async () => {
    const database = await openTestDatabase();
    const { owner, open } = await openAsApplication(database);
    const [store, other] = await Promise.all([open(), open()]);
    return {
      store,
      other,
      close: async () => {
        await Promise.all([store.close(), other.close(), owner.end()]);
        await database.close();
      },
    };
  },
  skip,
);

describe.skipIf(skip)('grants', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  }, 60_000);
  afterAll(() => database.close());

  test('say for every table what the application may', async () => {
    const { schema, owner } = await openAsApplication(database);
    const { rows } = await owner.query<{ name: string }>(
      'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 ORDER BY 1',
      [schema],
    );
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(privileges).sort());
    await owner.end();
  });

  test('security rule 18: the application cannot change, delete or empty what is on record, by permission and not only by trigger', async () => {
    const { schema, owner, connectionString } = await openAsApplication(database);
    const application = new pg.Pool({ connectionString, max: 1 });
    application.on('error', () => undefined);
    for (const table of ['history', 'audit', 'stop_record', 'audit_links']) {
      for (const change of [
        `UPDATE ${schema}.${table} SET issuer = 'x'`,
        `DELETE FROM ${schema}.${table}`,
        `TRUNCATE ${schema}.${table}`,
        `DROP TABLE ${schema}.${table}`,
        `ALTER TABLE ${schema}.${table} DISABLE TRIGGER ALL`,
        `CREATE RULE forget AS ON INSERT TO ${schema}.${table} DO INSTEAD NOTHING`,
      ]) {
        // insufficient_privilege
        expect(await refusalOf(application, change)).toBe(`42501 ${change}`);
      }
    }
    for (const way of [
      'SET session_replication_role = replica',
      `INSERT INTO ${schema}.audit_pending (issuer, source, positions) VALUES ('x', 'award', '{1}')`,
      `CREATE TABLE ${schema}.more (id text)`,
      `UPDATE ${schema}.migrations SET checksum = ''`,
      // The function writes notes as the owner: from a table of one's own it would note lines that never were.
      `CREATE TEMP TABLE mine (issuer text, position bigint);
        CREATE TRIGGER noted AFTER INSERT ON mine REFERENCING NEW TABLE AS added
          FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.note_for_audit('award')`,
    ]) {
      expect(await refusalOf(application, way)).toBe(`42501 ${way}`);
    }
    for (const line of [
      'history (position, issuer, award_id, at, who, what)',
      'audit (position, issuer, about, at, who, what)',
    ]) {
      // Below 1 nobody lists it; so far above all others that nothing can be chained any more.
      const placed = `INSERT INTO ${schema}.${line} OVERRIDING SYSTEM VALUE VALUES (-1, 'x', 'x', 1, 'x', 'x')`;
      expect(await refusalOf(application, placed)).toBe(`42501 ${placed}`);
    }
    for (const number of ['0', '9223372036854775807']) {
      const link = `INSERT INTO ${schema}.audit_links (issuer, number, source, ranges, tags, previous, sealed_at, mac)
        VALUES ('x', ${number}, 'award', '{1,1}', '', '', 0, '')`;
      // check_violation
      expect(await refusalOf(application, link)).toBe(`23514 ${link}`);
    }
    await Promise.all([application.end(), owner.end()]);
  });

  test('take back what the role had before', async () => {
    const { schema, owner, connectionString } = await openAsApplication(database);
    const application = new pg.Pool({ connectionString, max: 1 });
    const role = decodeURIComponent(new URL(connectionString).username);
    await owner.query(`GRANT ALL ON ALL TABLES IN SCHEMA ${schema} TO "${role.replaceAll('"', '""')}"`);
    await owner.query(grantStatements({ role, schema }).join(';'));
    await expect(application.query(`DELETE FROM ${schema}.history`)).rejects.toMatchObject({ code: '42501' });
    await Promise.all([application.end(), owner.end()]);
  });

  test.each(['', 'x'.repeat(64), 'a\0b', 'public'])('refuse %j as the name of a role', (role) => {
    let code: unknown;
    try {
      grantStatements({ role });
    } catch (error) {
      code = SeekPassError.is(error) && error.code;
    }
    expect(code).toBe('invalid_configuration');
  });
});
