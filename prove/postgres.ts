import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { access, chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A PostgreSQL server of the test's own, in a folder that disappears. */
export interface TemporaryPostgres {
  readonly connectionString: string;
  /**
   * Stops the server in the middle of everything and starts it again: `immediate` as a crash would, `fast` as an administrator does, who
   * lets it undo what is open. `meanwhile` is done while there is none.
   */
  restart(mode?: 'immediate' | 'fast', meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** The server that tests use: their own, or the one that they were given. */
export interface TestDatabase {
  readonly connectionString: string;
  /** Absent for a given server: it is not ours to stop. */
  readonly restart?: TemporaryPostgres['restart'];
  close(): Promise<void>;
}

/** Where `SEEK_PASS_TEST_DATABASE_URL` names a server, tests use that one; they cannot restart it. */
const givenDatabaseUrl = process.env['SEEK_PASS_TEST_DATABASE_URL'];

const howToInstall = 'apt-get install -y postgresql';

/**
 * Whether tests on a real PostgreSQL can run here. They must where `CI` is `true`: there a missing server fails them,
 * elsewhere they count as skipped.
 */
export async function postgresMissing(): Promise<boolean> {
  if (givenDatabaseUrl !== undefined || (await serverFolder()) !== undefined) return false;
  if (process.env['CI'] === 'true')
    throw new Error(`The tests need a PostgreSQL server. Install one: ${howToInstall}`);
  process.stderr.write(`Tests on PostgreSQL are skipped: no server here. Install one: ${howToInstall}\n`);
  return true;
}

/** The server for a test file. Use a schema of your own in it. */
export async function openTestDatabase(): Promise<TestDatabase> {
  if (givenDatabaseUrl !== undefined)
    return { connectionString: givenDatabaseUrl, close: async () => undefined };
  const server = await startTemporaryPostgres();
  return {
    connectionString: server.connectionString,
    restart: (mode, meanwhile) => server.restart(mode, meanwhile),
    close: () => server.stop(),
  };
}

/** Starts a server on a Unix socket, without the disk flushes that a test does not need. */
export async function startTemporaryPostgres(): Promise<TemporaryPostgres> {
  const binaries = await serverFolder();
  if (binaries === undefined)
    throw new Error(`There is no PostgreSQL server here. Install one: ${howToInstall}`);
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-postgres-'));
  const owner = await serverOwner();
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const port = randomInt(20_000, 60_000);
  const server = (name: string, args: string[]) =>
    owner === undefined
      ? run(join(binaries, name), args)
      : run('runuser', ['-u', 'postgres', '--', join(binaries, name), ...args], { cwd: folder });
  const settings = `-c listen_addresses='' -c unix_socket_directories='${folder}' -c port=${port} -c fsync=off -c max_connections=200`;
  const start = () =>
    server('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']);

  await server('initdb', [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]);
  await start();
  return {
    connectionString: `postgres://postgres@localhost:${port}/postgres?host=${encodeURIComponent(folder)}`,
    async restart(mode = 'immediate', meanwhile = async () => undefined) {
      await server('pg_ctl', ['-D', data, '-w', '-m', mode, 'stop']);
      try {
        await meanwhile();
      } finally {
        await start();
      }
    },
    async stop() {
      await server('pg_ctl', ['-D', data, '-w', '-m', 'immediate', 'stop']);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where the programs of the server are: the newest of Debian's servers, or the one in `PATH`. */
export async function serverFolder(): Promise<string | undefined> {
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const folders = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, 'bin'));
  for (const folder of [...folders, ...(process.env['PATH'] ?? '').split(':')]) {
    const found = await Promise.all(
      ['initdb', 'pg_ctl', 'postgres'].map((name) => exists(join(folder, name))),
    );
    if (found.every(Boolean)) return folder;
  }
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** PostgreSQL refuses to run as root: then it runs as the user that Debian's package made. */
async function serverOwner(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return { uid: await idOfOwner('-u'), gid: await idOfOwner('-g') };
}

async function idOfOwner(flag: '-u' | '-g'): Promise<number> {
  return Number((await run('id', [flag, 'postgres'])).stdout);
}
