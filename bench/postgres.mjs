/** A PostgreSQL server for a bench: as Debian ships it, nothing of its durability turned off. */
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findPostgresql } from '../scripts/postgresql.mjs';

const execute = promisify(execFile);

/** Where the programs of a server are. A bench that needs one fails without it. */
export function serverBinaries() {
  const binaries = findPostgresql();
  if (binaries === undefined) throw new Error('This bar needs a PostgreSQL server on the machine.');
  return binaries;
}

/** Starts a server on a Unix socket in a folder that disappears with it. */
export async function startPostgres() {
  const binaries = serverBinaries();
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-bench-'));
  const owner = await postgresUser();
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const port = randomInt(20_000, 60_000);
  const program = (name, args) =>
    owner === undefined
      ? execute(join(binaries, name), args)
      : execute('runuser', ['-u', 'postgres', '--', join(binaries, name), ...args], { cwd: folder });
  await program('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8']);
  const settings = `-c listen_addresses='' -c unix_socket_directories='${folder}' -c port=${port}`;
  await program('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']);
  return {
    connectionString: `postgres://postgres@localhost:${port}/postgres?host=${encodeURIComponent(folder)}`,
    data,
    async close() {
      await program('pg_ctl', ['-D', data, '-w', '-m', 'immediate', 'stop']);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: then it runs as the user that Debian's package made. */
async function postgresUser() {
  if (process.getuid?.() !== 0) return undefined;
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}

const idOf = async (flag) => Number((await execute('id', [flag, 'postgres'])).stdout);

const ticksPerSecond = 100;

/** CPU seconds that the server of this data folder has used, those of connections that ended included. Linux only. */
export async function serverCpu(data) {
  const [main] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
  const { stdout } = await execute('ps', ['-o', 'pid=', '--ppid', main]);
  const children = stdout.split('\n').map((pid) => pid.trim());
  const used = await Promise.all(children.filter(Boolean).map((pid) => ticksOf(pid, [11, 12])));
  return (
    (used.reduce((sum, ticks) => sum + ticks, 0) + (await ticksOf(main, [11, 12, 13, 14]))) / ticksPerSecond
  );
}

/** Fields of `/proc/<pid>/stat`, counted after the name; 0 for a process that has ended meanwhile. */
async function ticksOf(pid, fields) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const values = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
  return stat === '' ? 0 : fields.reduce((sum, field) => sum + Number(values[field]), 0);
}
