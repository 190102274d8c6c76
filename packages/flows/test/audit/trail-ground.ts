import { randomUUID } from 'node:crypto';
import { openTestDatabase } from '@seek-pass-kit/prove/postgres';
import pg from 'pg';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { type TrailIn, trailIn } from './trail-in.ts';

/** Audit trails on a PostgreSQL server, and somebody who may do everything there and has no key. */
export interface TrailGround extends TrailIn {
  readonly schema: string;
  readonly store: Store;
  readonly pool: pg.Pool;
  readonly connectionString: string;
  /** Crashes the server and starts it again; absent for a server that is not ours. */
  readonly restart?: () => Promise<void>;
  /** Runs statements as the owner of the server, past every trigger. */
  readonly tamper: (...statements: readonly string[]) => Promise<void>;
  close(): Promise<void>;
}

/** Opens a ground with a schema of its own. */
export async function openTrailGround(): Promise<TrailGround> {
  const database = await openTestDatabase();
  const { connectionString, restart } = database;
  const schema = `trail_${randomUUID().replaceAll('-', '')}`;
  const store = await openPostgresStore({ connectionString, schema });
  const pool = new pg.Pool({ connectionString, max: 4 });
  pool.on('error', () => undefined);
  return {
    ...trailIn(store),
    schema,
    store,
    pool,
    connectionString,
    ...(restart === undefined ? {} : { restart }),
    async tamper(...statements) {
      const client = await pool.connect();
      try {
        await client.query(
          `BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL search_path = ${schema}`,
        );
        for (const statement of statements) await client.query(statement);
        await client.query('COMMIT');
      } finally {
        await client.query('ROLLBACK');
        client.release();
      }
    },
    async close() {
      await store.close();
      await pool.end();
      await database.close();
    },
  };
}
