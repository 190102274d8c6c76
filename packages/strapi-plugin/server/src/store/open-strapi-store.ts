import { type Clock, systemClock } from '@seek-pass-kit/core';
import type { Store } from '@seek-pass-kit/flows';
import type { Knex } from 'knex';
import { dialectOf } from './dialects/dialect-of.ts';
import { storedJobs } from './jobs.ts';
import { storedLimits } from './limits.ts';
import { applyMigrations } from './migrations/apply-migrations.ts';
import { migrations } from './migrations/migration.ts';
import { type Patience, withPatience } from './patience.ts';
import { type Run, Sql } from './sql.ts';
import { openingRefused } from './opening-refused.ts';
import { outside } from './outside.ts';
import { storeChanges, storeReads } from './store-parts.ts';
import { sweepStore } from './sweep.ts';
import { runTransaction } from './transaction.ts';

/** The database of Strapi, and how the store waits for it. */
interface StrapiStoreOptions {
  /** `strapi.db.connection`. It stays open when the store closes. */
  readonly knex: Knex;
  /** `strapi.db.dialect.client`: `sqlite`, `postgres` or `mysql`, which MariaDB is, too. */
  readonly client: string;
  /**
   * Whether a transaction of Strapi is open here (`strapi.db.inTransaction()`). The store refuses to work inside of one: on SQLite it would
   * wait for itself for ever, and nowhere would its change be undone with that transaction.
   */
  readonly inTransaction?: () => boolean;
  /** Awaited before jobs are claimed. */
  readonly beforeJobs?: () => Promise<void>;
  readonly clock?: Clock;
  /** A number from 0 up to, not including, 1. */
  readonly random?: () => number;
  /** For how long a lost connection is tried again, in milliseconds; default 30,000. */
  readonly reconnectForMs?: number;
}

/** Every request of the site waits until these are stored. */
const awardsOnOneConnection = 100;

/**
 * Opens a store in the database of Strapi, in tables of our own that begin with `seek_pass_`, and brings these up to date. Any number of
 * processes may use one PostgreSQL, MySQL or MariaDB database at the same time; an SQLite file belongs to one process.
 *
 * @throws {ConfigurationError} `invalid_configuration` for a database that Strapi does not have, for tables of a newer version, and for a
 * user who may not make them.
 * @throws {StoreUnavailable} when the database cannot be reached.
 */
export async function openStrapiStore(options: StrapiStoreOptions): Promise<Store> {
  const { knex, client } = options;
  const dialect = dialectOf(client);
  const patience = patienceOf(options);
  await withPatience(patience, dialect, () =>
    applyMigrations(knex, dialect, migrations, patience.clock.now()),
  ).catch((error: unknown) => {
    throw openingRefused(error);
  });

  const place = { knex, dialect, patience };
  const run: Run = (ask) => withPatience(patience, dialect, async () => ask(knex));
  const read = new Sql(run, dialect);
  const change = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => runTransaction(place, work);
  const { beforeJobs = async () => undefined } = options;
  const jobs = storedJobs(read, change);
  const store: Store = {
    transaction: (work, transactionOptions) =>
      runTransaction(place, (sql, conflict) => work(storeChanges(sql, conflict)), transactionOptions),
    read: storeReads(read, { inTurn: true, most: 200 }),
    limits: storedLimits(read, change),
    jobs: { ...jobs, claim: (wanted) => beforeJobs().then(() => jobs.claim(wanted)) },
    ...(dialect.oneConnection ? { awardsAtOnce: awardsOnOneConnection } : {}),
    sweep: (now) => sweepStore(read, now),
    // The connections are Strapi's.
    close: async () => undefined,
  };
  return options.inTransaction === undefined ? store : outside(options.inTransaction, store);
}

function patienceOf({ clock, random, reconnectForMs }: StrapiStoreOptions): Patience {
  return {
    clock: clock ?? systemClock,
    random: random ?? Math.random,
    reconnectForMs: reconnectForMs ?? 30_000,
  };
}
