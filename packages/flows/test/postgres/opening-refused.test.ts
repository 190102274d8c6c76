import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkPostgresOptions, openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { openTestDatabase, postgresMissing, type TestDatabase } from '@seek-pass-kit/prove/postgres';

const skip = await postgresMissing();

describe.skipIf(skip)('what the server refuses is told as a setting to correct, without its value', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  const open = (change: (url: URL) => void) => {
    const url = new URL(database.connectionString);
    change(url);
    return openPostgresStore({ connectionString: url.href, schema: 'refused' });
  };

  test('a database that is not there', async () => {
    const opening = open((url) => (url.pathname = '/not_there'));
    await expect(opening).rejects.toMatchObject({
      code: 'invalid_configuration',
      message: 'The server has no database of that name: make it, or correct the name.',
    });
  });

  test('a user that is not there', async () => {
    const opening = open((url) => (url.username = 'not_there'));
    await expect(opening).rejects.toMatchObject({
      code: 'invalid_configuration',
      message: expect.stringMatching(/^The database (?:refused the user|does not let this user in)/),
    });
  });

  test('a user that may not make tables', async () => {
    const role = `reader_${randomUUID().replaceAll('-', '')}`;
    const owner = new pg.Pool({ connectionString: database.connectionString, max: 1 });
    await owner.query(`CREATE ROLE ${role} LOGIN`);
    const opening = open((url) => (url.username = role));
    await expect(opening).rejects.toMatchObject({
      code: 'invalid_configuration',
      message: expect.stringContaining("set migrations to 'check'"),
    });
    await owner.query(`DROP ROLE ${role}`);
    await owner.end();
  });
});

test('what is no address of PostgreSQL is refused before anything is asked', () => {
  for (const connectionString of ['portal', 'mysql://root@127.0.0.1/portal', 'https://127.0.0.1']) {
    expect(() => checkPostgresOptions({ connectionString })).toThrow(/write it like postgres:/);
  }
  for (const connectionString of [
    'postgres://h/d',
    'postgresql://h/d',
    'socket:/run?db=d',
    '/run/postgresql d',
  ]) {
    expect(checkPostgresOptions({ connectionString })).toEqual({ schema: 'seek_pass' });
  }
});
