import { type Clock, ConfigurationError, readSettings, systemClock } from '@seek-pass-kit/core';
import pg from 'pg';
import { finishedJobLifeMs } from '../store/job-retention.ts';
import type { Store } from '../store/ports.ts';
import { applyMigrations, checkMigrations } from './migrations/migrate.ts';
import { migrations } from './migrations/migration.ts';
import { openingRefused } from './opening-refused.ts';
import { type Patience, withPatience } from './patience.ts';
import { postgresJobs, type RunSafely } from './postgres-jobs.ts';
import { idleTurnsMs, postgresLimits } from './postgres-limits.ts';
import { sweepDocuments } from './postgres-documents.ts';
import { postgresReads } from './postgres-reads.ts';
import { checkSchemaName, defaultSchema } from './schema-name.ts';
import { type PostgresPool, type Run, runOn, takeConnection } from './sql.ts';
import { runTransaction } from './transaction.ts';

/** Where the tables are, and how to reach them. */
export interface PostgresStoreOptions {
  /** `postgres://user:password@host/database`. Give this or `pool`. */
  readonly connectionString?: string;
  /** A `Pool` of `pg` that the application has anyway. It stays open when the store closes. */
  readonly pool?: PostgresPool;
  /** Of our tables; default `seek_pass`. One schema holds any number of issuers. */
  readonly schema?: string;
  /**
   * `apply` (the default) brings the schema up to date when the store opens. `check` changes nothing and refuses to open a
   * schema that is not: for processes whose database user may not change tables, after {@link migratePostgres}.
   */
  readonly migrations?: 'apply' | 'check';
  /** Connections of this process at most, when the pool is ours; default 10. */
  readonly maxConnections?: number;
  /** For how long a lost connection is tried again before {@link StoreUnavailable}, in milliseconds; default 30,000. */
  readonly reconnectForMs?: number;
  readonly clock?: Clock;
  /** A number from 0 up to, not including, 1. */
  readonly random?: () => number;
}

/**
 * Opens a store in a PostgreSQL database of version 13 or later. Any number of processes may use it at the same time.
 * It promises that what a transaction stored is still there after a crash of any of them or of the server, as long as
 * the server keeps `synchronous_commit` and `fsync` on.
 *
 * @throws {ConfigurationError} `invalid_configuration` for options that do not fit, what the server refuses, or a schema of another version.
 * @throws {StoreUnavailable} when the server cannot be reached.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { schema } = checkPostgresOptions(options);
  const patience = patienceOf(options);
  const pool = poolOf(options);
  const close = async () => {
    if (options.pool === undefined) await pool.end();
  };
  try {
    const bringUpToDate = options.migrations === 'check' ? checkMigrations : applyMigrations;
    await withPatience(patience, () => bringUpToDate(pool, schema, migrations));
  } catch (error) {
    await close();
    throw openingRefused(error);
  }
  const runSafely: RunSafely = (work) => withPatience(patience, (again) => work(runOnPool(pool), again));
  const run: Run = (text, values) => runSafely((once) => once(text, values));
  return {
    transaction: (work, { lockWaitMs } = {}) =>
      runTransaction({ pool, schema, patience, ...(lockWaitMs === undefined ? {} : { lockWaitMs }) }, work),
    read: postgresReads(run, schema, { inTurn: true, most: 200, again: true }),
    limits: postgresLimits(runSafely, schema),
    jobs: postgresJobs(runSafely, schema),
    async sweep(now) {
      await run(`DELETE FROM ${schema}.limits WHERE window_start + window_ms <= $1`, [now]);
      await run(`DELETE FROM ${schema}.turns WHERE next_at <= $1`, [now - idleTurnsMs]);
      await run(`DELETE FROM ${schema}.claim_sessions WHERE expires_at <= $1`, [now]);
      await run(`DELETE FROM ${schema}.claim_codes WHERE expires_at <= $1`, [now]);
      await sweepDocuments(run, schema, now);
      await run(`DELETE FROM ${schema}.jobs WHERE state = 'done' AND due_at <= $1`, [
        now - finishedJobLifeMs,
      ]);
      await run(`DELETE FROM ${schema}.receipts WHERE at <= now() - interval '1 day'`);
    },
    close,
  };
}

/** What `pg` reads as an address of PostgreSQL; of anything else it makes the name of a database on a host called `base`. */
const addresses = /^(?:postgres(?:ql)?:\/\/|socket:|\/)/i;

/**
 * Checks the options of {@link openPostgresStore} and opens nothing.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming each that is wrong and no value.
 */
export function checkPostgresOptions({ schema, connectionString, pool }: PostgresStoreOptions): {
  readonly schema: string;
} {
  return readSettings({
    schema: () => checkSchemaName(schema ?? defaultSchema),
    connectionString() {
      if (connectionString === undefined || connectionString === '' || addresses.test(connectionString))
        return;
      throw new ConfigurationError(
        'connectionString is not the address of a PostgreSQL database: write it like postgres://user:password@host/database.',
      );
    },
    pool() {
      if ((pool === undefined) === (connectionString === undefined || connectionString === '')) {
        throw new ConfigurationError(
          'The store needs a connectionString or a pool, one of the two. Give one.',
        );
      }
      if (pool !== undefined && typeof pool?.connect !== 'function') {
        throw new ConfigurationError('pool has no connect(): give the Pool of pg itself.');
      }
    },
  });
}

/**
 * Brings the schema up to date and ends: for a deployment step with a user that owns the schema, when the processes run
 * as another one with `migrations: 'check'`.
 *
 * @throws {ConfigurationError} `invalid_configuration`
 */
export async function migratePostgres(options: Omit<PostgresStoreOptions, 'migrations'>): Promise<void> {
  await (await openPostgresStore(options)).close();
}

function patienceOf({ clock, random, reconnectForMs }: PostgresStoreOptions): Patience {
  return {
    clock: clock ?? systemClock,
    random: random ?? Math.random,
    reconnectForMs: reconnectForMs ?? 30_000,
  };
}

function poolOf({ connectionString, pool, maxConnections }: PostgresStoreOptions): PostgresPool {
  if (pool !== undefined) return pool;
  const own = new pg.Pool({
    ...(connectionString === undefined ? {} : { connectionString }),
    max: maxConnections ?? 10,
    keepAlive: true,
    application_name: 'seek-pass-kit',
    // What one transaction asks for at the same time goes to the server in one go.
    pipeline: true,
  });
  // A connection that breaks while nobody uses it is replaced when somebody needs one.
  own.on('error', () => undefined);
  // A server that is going down may greet a client and turn it away in one breath, before anybody else can listen.
  own.on('connect', (client) => client.on('error', () => undefined));
  return own;
}

/** Each statement on any connection of the pool. */
function runOnPool(pool: PostgresPool): Run {
  return async (text, values) => {
    const client = await takeConnection(pool);
    let broken = true;
    try {
      const selected = await runOn(client, text, values);
      broken = false;
      return selected as never;
    } finally {
      client.release(broken);
    }
  };
}
