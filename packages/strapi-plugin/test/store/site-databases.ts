import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabase, postgresMissing } from '@seek-pass-kit/prove/postgres';
import { Database } from '@strapi/database';
import type { Knex } from 'knex';
import { mariadbMissing, startTemporaryMariadb } from './temporary-mariadb.ts';

/** A database as a site has it. */
export interface SiteDatabase {
  /** `client` of `config/database`. */
  readonly client: 'sqlite' | 'postgres' | 'mysql';
  /** The pool of one more process; of SQLite, which one process has alone, always the same. */
  readonly openPool: () => Knex;
  /** Stops the server in the middle of everything and starts it again. */
  readonly restart?: () => Promise<void>;
  close(): Promise<void>;
}

/** A database that sites may have. */
export interface KindOfDatabase {
  readonly name: string;
  /** Whether there is none on this machine. */
  readonly missing: boolean;
  /** A new one, in a place that disappears. */
  readonly open: () => Promise<SiteDatabase>;
}

/** SQLite: one connection, in a file of one process. */
export const sqlite: KindOfDatabase = {
  name: 'SQLite',
  missing: false,
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'seek-pass-sqlite-'));
    const pool = poolOf({
      client: 'sqlite',
      connection: { filename: join(folder, 'site.db') },
      useNullAsDefault: true,
    });
    return {
      client: 'sqlite',
      openPool: () => pool,
      async close() {
        await pool.destroy();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};

/** PostgreSQL, where it is installed. */
export const postgres: KindOfDatabase = {
  name: 'PostgreSQL',
  missing: await postgresMissing(),
  async open() {
    const database = await openTestDatabase();
    const { connectionString, restart } = database;
    return {
      client: 'postgres',
      ...pools(
        () => poolOf({ client: 'postgres', connection: { connectionString } }),
        () => database.close(),
      ),
      ...(restart === undefined ? {} : { restart: () => restart() }),
    };
  },
};

/** MariaDB, where it is installed; Strapi calls it `mysql`. */
export const mariadb: KindOfDatabase = {
  name: 'MariaDB',
  missing: await mariadbMissing(),
  async open() {
    const server = await startTemporaryMariadb();
    return {
      client: 'mysql',
      ...pools(
        () => poolOf({ client: 'mysql', connection: { ...server.connection } }),
        () => server.stop(),
      ),
      restart: () => server.restart(),
    };
  },
};

function pools(open: () => Knex, close: () => Promise<void>): Pick<SiteDatabase, 'openPool' | 'close'> {
  const opened: Knex[] = [];
  return {
    openPool() {
      const pool = open();
      opened.push(pool);
      return pool;
    },
    async close() {
      await Promise.all(opened.map((pool) => pool.destroy()));
      await close();
    },
  };
}

/** The pool of a Strapi that starts with this connection: made by Strapi's own code, without its content types. */
function poolOf(connection: ConstructorParameters<typeof Database>[0]['connection']): Knex {
  // A folder for migrations of the site, of which there are none.
  return new Database({ connection, settings: { migrations: { dir: tmpdir() } } }).connection;
}
