import pg from 'pg';
import { privileges } from './grants.ts';
import { migrationsMissing } from './migrations/migrate.ts';
import { migrations } from './migrations/migration.ts';
import { checkSchemaName, defaultSchema } from './schema-name.ts';
import { type PostgresClient, runOn, takeConnection } from './sql.ts';

/** Which database to look at. */
export interface InspectPostgresOptions {
  /** `postgres://user:password@host/database` */
  readonly connectionString: string;
  /** Of our tables; default `seek_pass`. */
  readonly schema?: string;
  /** For how long it may take to connect, in milliseconds. Default 5,000. */
  readonly connectForMs?: number;
}

/** What a database is like, as far as the store depends on it. */
export interface PostgresState {
  /** `16.4` */
  readonly version: string;
  /** The first number of the version. */
  readonly majorVersion: number;
  /** Whether what a transaction stored survives a crash of the server: `synchronous_commit` and `fsync` as this user has them. */
  readonly durable: { readonly synchronousCommit: string; readonly fsync: string };
  /** There and back, the median of a few, in milliseconds. */
  readonly roundTripMs: number;
  /** The clock of the database minus ours, in whole milliseconds. */
  readonly clockOffsetMs: number;
  /** How many steps the schema lacks; `undefined` when it is of a newer version, or not one of ours. */
  readonly missingMigrations: number | undefined;
  /** Those of our tables that only ever grow, which this user may change or empty all the same. */
  readonly rewritableRecords: readonly string[];
}

/** Tables that are only added to. */
const records = Object.keys(privileges).filter((table) => privileges[table] === 'SELECT, INSERT');

/**
 * Looks at a database and changes nothing in it, not even the schema. `openPostgresStore` would bring that up to date.
 *
 * @throws what `pg` throws when the database cannot be reached or lets nobody in.
 */
export async function inspectPostgres(options: InspectPostgresOptions): Promise<PostgresState> {
  const schema = checkSchemaName(options.schema ?? defaultSchema);
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    connectionTimeoutMillis: options.connectForMs ?? 5_000,
    application_name: 'seek-pass-kit',
    max: 1,
  });
  pool.on('error', () => undefined);
  try {
    return await inspect(await takeConnection(pool), schema);
  } finally {
    await pool.end();
  }
}

async function inspect(client: PostgresClient, schema: string): Promise<PostgresState> {
  try {
    const { roundTripMs, clockOffsetMs } = await measure(client);
    const { rows } = await runOn<{
      readonly version: string;
      readonly number: number;
      readonly synchronous_commit: string;
      readonly fsync: string;
    }>(
      client,
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
        current_setting('synchronous_commit') AS synchronous_commit, current_setting('fsync') AS fsync`,
    );
    const [row] = rows;
    if (row === undefined) throw new Error('The database answers without a row.');
    return {
      version: row.version.split(' ')[0] ?? row.version,
      majorVersion: Math.floor(row.number / 10_000),
      durable: { synchronousCommit: row.synchronous_commit, fsync: row.fsync },
      roundTripMs,
      clockOffsetMs,
      missingMigrations: await migrationsMissing(client, schema, migrations),
      rewritableRecords: await rewritable(client, schema),
    };
  } finally {
    client.release(true);
  }
}

const samples = 5;

/** The clock of the quickest of a few answers is the surest. */
async function measure(
  client: PostgresClient,
): Promise<Pick<PostgresState, 'roundTripMs' | 'clockOffsetMs'>> {
  const taken: Array<{ readonly ms: number; readonly offsetMs: number }> = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const [sentAt, startedAt] = [Date.now(), performance.now()];
    const { rows } = await runOn<{ readonly now: number }>(
      client,
      'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now',
    );
    const ms = performance.now() - startedAt;
    taken.push({ ms, offsetMs: Math.round((rows[0]?.now ?? 0) - (sentAt + ms / 2)) });
  }
  taken.sort((one, other) => one.ms - other.ms);
  return {
    roundTripMs: taken[Math.floor(samples / 2)]?.ms ?? 0,
    clockOffsetMs: taken[0]?.offsetMs ?? 0,
  };
}

async function rewritable(client: PostgresClient, schema: string): Promise<string[]> {
  const { rows } = await runOn<{ readonly name: string }>(
    client,
    `SELECT name FROM unnest($1::text[]) AS name
      WHERE to_regclass($2 || '.' || name) IS NOT NULL
        AND (has_table_privilege($2 || '.' || name, 'UPDATE') OR has_table_privilege($2 || '.' || name, 'DELETE')
          OR has_table_privilege($2 || '.' || name, 'TRUNCATE'))`,
    [records, schema],
  );
  return rows.map(({ name }) => name);
}
