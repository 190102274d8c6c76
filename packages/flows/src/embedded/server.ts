import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Clock, ConfigurationError } from '@seek-pass-kit/core';
import pg from 'pg';
import { isConnectionFault } from '../postgres/connection-faults.ts';
import { type Cluster, databaseUser } from './cluster.ts';
import type { ServerBinaries } from './server-binaries.ts';
import { serverEnvironment } from './server-environment.ts';
import type { ServerOwner } from './server-owner.ts';
import { isError } from '../is-error.ts';

const startupMs = 60_000;
const pauseMs = 50;
const goneMs = 10;
const retryMs = 250;
const mostAttempts = 20;
/** The name of connections that only ask whether they are the last. */
const closing = 'seek-pass-kit closing';
const overLoopback = process.platform === 'win32';

/** How `pg` reaches the server. */
export interface EmbeddedConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** By which connections of this process are told from those of others. */
  readonly application_name: string;
}

/** The server of a cluster. It runs beside our processes and outlives them: whoever needs it starts it, the last one stops it. */
export class EmbeddedServer {
  readonly #cluster: Cluster;
  readonly #binaries: ServerBinaries;
  readonly #owner: ServerOwner | undefined;
  readonly #clock: Clock;
  /** Of our connections, to tell them from those of others. */
  readonly #name = `seek-pass-kit ${randomUUID()}`;
  #starting: Promise<void> | undefined;

  constructor(cluster: Cluster, binaries: ServerBinaries, owner: ServerOwner | undefined, clock: Clock) {
    this.#cluster = cluster;
    this.#binaries = binaries;
    this.#owner = owner;
    this.#clock = clock;
  }

  /** How `pg` reaches the server. The port of a running server is read from its own file. */
  async connection(): Promise<EmbeddedConnection> {
    const common = {
      user: databaseUser,
      password: this.#cluster.password,
      database: 'postgres',
      application_name: this.#name,
    };
    if (!overLoopback) return { ...common, host: this.#cluster.socketFolder, port: 5432 };
    return { ...common, host: '127.0.0.1', port: Number((await this.#pidFile())[3] ?? 0) };
  }

  /** Starts the server unless it runs, ours or another process's. Callers at the same time share one start. */
  ensureRunning(): Promise<void> {
    this.#starting ??= this.#ensureRunning().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  /**
   * Stops the server when nobody else is connected, after our own connections are gone: of several that close at the same
   * time, the last one finds nobody. Who comes at this very moment starts it again.
   */
  async stopWhenLast(): Promise<void> {
    const client = new pg.Client({ ...(await this.connection()), application_name: closing });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const connected = async (comparison: '=' | '<>') => {
        const { rows } = await client.query<{ found: boolean }>(
          `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE backend_type = 'client backend'
            AND application_name <> $1 AND application_name ${comparison} $2) AS found`,
          [closing, this.#name],
        );
        return rows[0]?.found === true;
      };
      while (await connected('=')) await this.#pause(goneMs);
      if (!(await connected('<>'))) await this.#stop();
    } catch (error) {
      if (!isConnectionFault(error)) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /**
   * Until it runs: one that is going down, or is being started by another process, keeps ours from starting; then ours
   * gives up at once and tries again.
   */
  async #ensureRunning(): Promise<void> {
    const deadline = this.#clock.now() + startupMs;
    const ours = { alive: false };
    let attempts = 0;
    for (;;) {
      const state = await this.#state();
      if (state === 'running') return;
      if (this.#clock.now() > deadline || attempts > mostAttempts) throw this.#failed('did not start');
      if (state === 'stopped' && !ours.alive) {
        if (attempts > 0) await this.#pause(retryMs);
        attempts += 1;
        ours.alive = true;
        await this.#start(() => {
          ours.alive = false;
        });
      }
      await this.#pause(pauseMs);
    }
  }

  async #start(onEnd: () => void): Promise<void> {
    const log = await open(this.#cluster.log, 'a', 0o600);
    try {
      const settings = Object.entries(await this.#settings()).flatMap(([name, value]) => [
        '-c',
        `${name}=${value}`,
      ]);
      const child = spawn(this.#binaries.postgres, ['-D', this.#cluster.data, ...settings], {
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        cwd: this.#cluster.data,
        env: serverEnvironment(this.#binaries.env),
        ...this.#owner,
      });
      const failed = new Promise<never>((_, reject) => {
        child.once('error', reject);
      });
      child.once('exit', onEnd).unref();
      const spawned = new Promise((resolve) => {
        child.once('spawn', resolve);
      });
      await Promise.race([spawned, failed]);
    } finally {
      await log.close();
    }
  }

  async #settings(): Promise<Record<string, string | number>> {
    const reach = overLoopback
      ? { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: await freePort() }
      : {
          listen_addresses: '',
          unix_socket_directories: this.#cluster.socketFolder,
          unix_socket_permissions: '0700',
          port: 5432,
        };
    // Errors are logged without their statement and its details: they could name a row.
    const quiet = {
      log_min_messages: 'warning',
      log_min_error_statement: 'panic',
      log_error_verbosity: 'terse',
      log_checkpoints: 'off',
    };
    return { ...reach, ...quiet, max_connections: 60, shared_buffers: '64MB', max_wal_size: '512MB' };
  }

  async #state(): Promise<'running' | 'starting' | 'stopped'> {
    const client = new pg.Client(await this.connection());
    client.on('error', () => undefined);
    try {
      await client.connect();
      return 'running';
    } catch (error) {
      if (!isConnectionFault(error)) throw this.#failed('refuses us', error);
      return isError(error) && 'code' in error && error.code === '57P03' ? 'starting' : 'stopped';
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async #stop(): Promise<void> {
    const pid = Number((await this.#pidFile())[0]);
    if (!Number.isInteger(pid) || pid <= 1) return;
    process.kill(pid, 'SIGINT');
    const deadline = this.#clock.now() + startupMs;
    while ((await this.#pidFile()).length > 0 && this.#clock.now() < deadline) await this.#pause(pauseMs);
  }

  /** Process id, folder, start, port, …; empty when no server runs, or none has run to its end. */
  async #pidFile(): Promise<string[]> {
    const text = await readFile(join(this.#cluster.data, 'postmaster.pid'), 'utf8').catch(() => '');
    return text === '' ? [] : text.split('\n');
  }

  #pause(forMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.setTimer(forMs, resolve);
    });
  }

  #failed(what: string, cause?: unknown): ConfigurationError {
    const failure = new ConfigurationError(`The embedded PostgreSQL ${what}. Read ${this.#cluster.log}.`);
    if (cause !== undefined) failure.cause = cause;
    return failure;
  }
}

/** Where there are no Unix sockets: a port that nobody uses now. The password protects it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
