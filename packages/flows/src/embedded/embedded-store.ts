import pg from 'pg';
import { isConnectionFault } from '../postgres/connection-faults.ts';
import { openPostgresStore, type PostgresStoreOptions } from '../postgres/postgres-store.ts';
import type { PostgresPool } from '../postgres/sql.ts';
import type { Store } from '../store/ports.ts';
import { type EmbeddedServerOptions, startEmbeddedServer } from './embedded-database.ts';
import type { EmbeddedServer } from './server.ts';
import { type EmbeddedRisk, requireTrial } from './trials-only.ts';

/** Where the embedded server keeps its data, what runs it, and how the store works. */
export interface EmbeddedStoreOptions
  extends EmbeddedRisk,
    EmbeddedServerOptions,
    Omit<PostgresStoreOptions, 'connectionString' | 'pool' | 'clock'> {}

/**
 * Opens a store with a PostgreSQL server of its own: for trials, tests and examples. The server starts with the first
 * process that opens the folder and stops with the last one that closes it; after a crash of ours it runs on and is
 * found again. It keeps what is stored as any PostgreSQL does, on this machine and as safely as its disk; nobody makes
 * backups of it.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the folder, the user or the server cannot be used, or in production without
 * `acceptOneMachineWithoutBackup`.
 */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<Store> {
  requireTrial(options);
  const server = await startEmbeddedServer(options);
  const pool = await poolOf(server, options.maxConnections ?? 10);
  const close = async () => {
    await pool.end();
    await server.stopWhenLast();
  };
  try {
    const store = await openPostgresStore({ ...options, pool });
    return { ...store, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Connections that start the server again when it is gone: it was killed, or stopped by the last one before us. */
async function poolOf(server: EmbeddedServer, max: number): Promise<PostgresPool> {
  const pool = new pg.Pool({ ...(await server.connection()), max, pipeline: true });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    end: () => pool.end(),
    async connect() {
      try {
        return await pool.connect();
      } catch (error) {
        if (!isConnectionFault(error)) throw error;
        await server.ensureRunning();
        return pool.connect();
      }
    },
  };
}
