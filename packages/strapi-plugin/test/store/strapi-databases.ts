import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabase, postgresMissing } from '@seek-pass-kit/prove/postgres';
import type { Knex } from 'knex';
import { strapiKnex } from './strapi-knex.ts';
import { mariadbMissing, startTemporaryMariadb } from './temporary-mariadb.ts';

/** A database as a site has it. */
export interface StrapiDatabase {
  readonly client: 'sqlite' | 'postgres' | 'mysql';
  readonly knex: Knex;
  close(): Promise<void>;
}

/** A kind of database that sites have, and how to get one. */
export interface StrapiDatabaseKind {
  readonly name: string;
  readonly missing: boolean;
  open(): Promise<StrapiDatabase>;
}

/** An SQLite file that disappears. */
export async function openSqlite(): Promise<StrapiDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-sqlite-'));
  const knex = strapiKnex({
    client: 'sqlite',
    connection: { filename: join(folder, 'site.db') },
    useNullAsDefault: true,
  });
  return {
    client: 'sqlite',
    knex,
    async close() {
      await knex.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openPostgres(): Promise<StrapiDatabase> {
  const database = await openTestDatabase();
  const knex = strapiKnex({
    client: 'postgres',
    connection: { connectionString: database.connectionString },
  });
  return {
    client: 'postgres',
    knex,
    async close() {
      await knex.destroy();
      await database.close();
    },
  };
}

async function openMariadb(): Promise<StrapiDatabase> {
  const server = await startTemporaryMariadb();
  const knex = strapiKnex({ client: 'mysql', connection: { ...server.connection } });
  return {
    client: 'mysql',
    knex,
    async close() {
      await knex.destroy();
      await server.stop();
    },
  };
}

/** All three. */
export const strapiDatabases: readonly StrapiDatabaseKind[] = [
  { name: 'SQLite', missing: false, open: openSqlite },
  { name: 'PostgreSQL', missing: await postgresMissing(), open: openPostgres },
  { name: 'MariaDB', missing: await mariadbMissing(), open: openMariadb },
];
