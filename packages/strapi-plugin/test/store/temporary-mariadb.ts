import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { access, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';

const run = promisify(execFile);

/** A MariaDB server of the test's own, in a folder that disappears. */
export interface TemporaryMariadb {
  /** What a site writes into `config/database`. */
  readonly connection: { readonly socketPath: string; readonly user: string; readonly database: string };
  /** Kills the server in the middle of everything and starts it again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Where Debian's package puts its programs, which is not in every `PATH`. */
const folders = ['/usr/sbin', '/usr/bin', ...(process.env['PATH'] ?? '').split(':')];

/** Whether tests on a real MariaDB cannot run here. Then they count as skipped. */
export async function mariadbMissing(): Promise<boolean> {
  if ((await programs()) !== undefined) return false;
  process.stderr.write(
    'Tests on MariaDB are skipped: no server here. Install one: apt-get install -y mariadb-server\n',
  );
  return true;
}

/** Starts a server on a Unix socket, without the disk flushes that a test does not need. */
export async function startTemporaryMariadb(): Promise<TemporaryMariadb> {
  const found = await programs();
  if (found === undefined) throw new Error('There is no MariaDB server here.');
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-mariadb-'));
  const data = join(folder, 'data');
  const socketPath = join(folder, 'socket');
  // It refuses to run as root: then it runs as the user that Debian's package made.
  const owner = process.getuid?.() === 0 ? 'mysql' : undefined;
  if (owner !== undefined) await chown(folder, await idOf('-u', owner), await idOf('-g', owner));
  const asOwner = owner === undefined ? [] : [`--user=${owner}`];
  await run(found.install, [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    ...asOwner,
  ]);
  const start = async (): Promise<ChildProcess> => {
    const server = spawn(
      found.server,
      [
        '--no-defaults',
        ...asOwner,
        `--datadir=${data}`,
        `--socket=${socketPath}`,
        `--pid-file=${join(folder, 'pid')}`,
        '--skip-networking',
        '--innodb-flush-log-at-trx-commit=2',
        '--innodb-buffer-pool-size=64M',
      ],
      { stdio: 'ignore' },
    );
    await answers(socketPath, server);
    return server;
  };
  let server = await start();
  const admin = await createConnection({ socketPath, user: 'root' });
  await admin.query('create database site character set latin1');
  await admin.end();
  return {
    connection: { socketPath, user: 'root', database: 'site' },
    async restart() {
      await killed(server);
      server = await start();
    },
    async stop() {
      await killed(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until the server takes a connection. */
async function answers(socketPath: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`MariaDB ended with code ${server.exitCode}.`);
    try {
      await (await createConnection({ socketPath, user: 'root' })).end();
      return;
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
  }
}

async function killed(server: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => {
    server.once('exit', resolve);
  });
  server.kill('SIGKILL');
  await ended;
}

async function programs(): Promise<{ readonly server: string; readonly install: string } | undefined> {
  const [server, install] = await Promise.all([find('mariadbd'), find('mariadb-install-db')]);
  return server === undefined || install === undefined ? undefined : { server, install };
}

async function find(name: string): Promise<string | undefined> {
  for (const folder of folders) {
    const path = join(folder, name);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}

async function idOf(flag: '-u' | '-g', user: string): Promise<number> {
  return Number((await run('id', [flag, user])).stdout);
}
