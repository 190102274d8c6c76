import { afterAll, beforeAll } from 'vitest';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { openTestDatabase, type TestDatabase } from '@seek-pass-kit/prove/postgres';

/** A schema of one test's own. */
interface TestSchema {
  readonly connectionString: string;
  readonly schema: string;
  /** A store over it, as one more process opens it. */
  readonly openStore: () => Promise<Store>;
}

/** Gives the tests of a `describe` one server, and each that asks a schema of its own. `prefix`: of the names of schemas. */
export function testSchemas(prefix: string): () => TestSchema {
  let database: TestDatabase | undefined;
  let schemas = 0;
  beforeAll(async () => {
    database = await openTestDatabase();
  }, 120_000);
  afterAll(() => database?.close());
  return () => {
    if (database === undefined) throw new Error('The server is there once the tests run.');
    const { connectionString } = database;
    const schema = `${prefix}_${process.pid}_${(schemas += 1)}`;
    return { connectionString, schema, openStore: () => openPostgresStore({ connectionString, schema }) };
  };
}
