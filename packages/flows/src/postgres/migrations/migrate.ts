import { createHash } from 'node:crypto';
import { ConfigurationError } from '@seek-pass-kit/core';
import { type PostgresClient, type PostgresPool, runOn, takeConnection } from '../sql.ts';
import { checksumOf, type Migration } from './migration.ts';

interface Applied {
  readonly number: number;
  readonly checksum: string;
}

/**
 * Brings a schema up to date in one transaction, one process at a time: others that start meanwhile wait and find it
 * done. An error leaves the schema as it was.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the database holds steps of a newer version, or others.
 */
export async function applyMigrations(
  pool: PostgresPool,
  schema: string,
  migrations: readonly Migration[],
): Promise<void> {
  await onOneConnection(pool, async (client) => {
    await runOn(client, 'BEGIN');
    await runOn(client, 'SELECT pg_advisory_xact_lock($1)', [lockNumber(schema)]);
    if (!(await schemaExists(client, schema))) await runOn(client, `CREATE SCHEMA ${schema}`);
    await runOn(
      client,
      `CREATE TABLE IF NOT EXISTS ${schema}.migrations
        (number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    for (const migration of pendingOf(await applied(client, schema), migrations)) {
      await client.query({ text: migration.sql(schema) });
      const record = `INSERT INTO ${schema}.migrations (number, name, checksum) VALUES ($1, $2, $3)`;
      await runOn(client, record, [migration.number, migration.name, checksumOf(migration)]);
    }
    await runOn(client, 'COMMIT');
  });
}

/**
 * Checks that a schema is up to date and changes nothing: for processes whose database user may not change tables.
 *
 * @throws {ConfigurationError} `invalid_configuration` when it is not.
 */
export async function checkMigrations(
  pool: PostgresPool,
  schema: string,
  migrations: readonly Migration[],
): Promise<void> {
  await onOneConnection(pool, async (client) => {
    const recorded = (await isMigrated(client, schema)) ? await applied(client, schema) : [];
    const pending = pendingOf(recorded, migrations);
    if (pending.length === 0) return;
    throw new ConfigurationError(
      `The database schema "${schema}" lacks ${pending.length} migration(s). Run migratePostgres() with a user that owns it.`,
    );
  });
}

/** How many steps a schema lacks, all of them where there is none; `undefined` when what it has is not of this version. Changes nothing. */
export async function migrationsMissing(
  client: PostgresClient,
  schema: string,
  migrations: readonly Migration[],
): Promise<number | undefined> {
  const recorded = (await isMigrated(client, schema)) ? await applied(client, schema) : [];
  try {
    return pendingOf(recorded, migrations).length;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return undefined;
  }
}

async function isMigrated(client: PostgresClient, schema: string): Promise<boolean> {
  const { rows } = await runOn<{ present: boolean }>(
    client,
    'SELECT to_regclass($1) IS NOT NULL AS present',
    [`${schema}.migrations`],
  );
  return rows[0]?.present === true;
}

async function onOneConnection(
  pool: PostgresPool,
  work: (client: PostgresClient) => Promise<void>,
): Promise<void> {
  const client = await takeConnection(pool);
  let broken = true;
  try {
    await work(client);
    broken = false;
  } finally {
    // A connection that failed is closed, which also undoes an open transaction.
    client.release(broken);
  }
}

async function schemaExists(client: PostgresClient, schema: string): Promise<boolean> {
  const { rows } = await runOn(client, 'SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
  return rows.length > 0;
}

async function applied(client: PostgresClient, schema: string): Promise<Applied[]> {
  const { rows } = await runOn<Applied>(
    client,
    `SELECT number, checksum FROM ${schema}.migrations ORDER BY number`,
  );
  return rows;
}

function pendingOf(recorded: readonly Applied[], migrations: readonly Migration[]): readonly Migration[] {
  for (const [at, { number, checksum }] of recorded.entries()) {
    const ours = migrations[at];
    if (ours === undefined) {
      throw new ConfigurationError(
        `The database has migration ${number}, which this version does not know. Upgrade this process to the version that made it.`,
      );
    }
    if (ours.number !== number || checksumOf(ours) !== checksum) {
      throw new ConfigurationError(
        `Migration ${number} of the database is not the one of this version. Use the schema of the version that made it, or another schema.`,
      );
    }
  }
  return migrations.slice(recorded.length);
}

/** A number for the lock that no other program takes by chance: 63 bits of a hash. */
function lockNumber(schema: string): string {
  const hash = createHash('sha256').update(`seek-pass-kit migrations of ${schema}`).digest();
  return (hash.readBigInt64BE() >> 1n).toString();
}
