import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ConfigurationError } from '@seek-pass-kit/core';
import type { ServerBinaries } from './server-binaries.ts';
import { serverEnvironment } from './server-environment.ts';
import type { ServerOwner } from './server-owner.ts';
import { isError } from '../is-error.ts';

/** The files of a server: made once, found again by every process that names the same folder. */
export interface Cluster {
  readonly data: string;
  readonly socketFolder: string;
  readonly log: string;
  readonly password: string;
}

/** The only user of the database. */
export const databaseUser = 'seek_pass';

/** A Unix socket's path has 108 bytes on Linux and 104 on macOS, the end included. */
const longestSocketFolder = 80;
const hourMs = 3_600_000;

/**
 * Finds the cluster in a folder, or makes it. Two processes that make it at the same time end up with the same one: each
 * prepares its own and only one gets the name.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the folder cannot be used.
 */
export async function openCluster(
  folder: string,
  binaries: ServerBinaries,
  owner: ServerOwner | undefined,
): Promise<Cluster> {
  const place = join(folder, 'cluster');
  await mkdir(folder, { recursive: true, mode: owner === undefined ? 0o700 : 0o711 });
  if (!(await exists(place))) await makeCluster(folder, place, binaries, owner);
  await mustBePrivate(place, owner);
  return {
    data: join(place, 'data'),
    socketFolder: await socketFolderOf(place, owner),
    log: join(place, 'log'),
    password: (await readFile(join(place, 'password'), 'utf8')).trim(),
  };
}

async function makeCluster(
  folder: string,
  place: string,
  binaries: ServerBinaries,
  owner: ServerOwner | undefined,
): Promise<void> {
  await removeLeftovers(folder);
  const draft = join(folder, `new-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(draft, { mode: 0o700 });
    const passwordFile = join(draft, 'password');
    await writeFile(passwordFile, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    if (owner !== undefined)
      for (const path of [draft, passwordFile]) await chown(path, owner.uid, owner.gid);
    await initialise(draft, passwordFile, binaries, owner);
    await rename(draft, place);
  } catch (error) {
    // Somebody else was quicker: theirs is used.
    if (!(await exists(place))) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function initialise(
  draft: string,
  passwordFile: string,
  { initdb, env }: ServerBinaries,
  owner: ServerOwner | undefined,
): Promise<void> {
  const args = [
    '-D',
    join(draft, 'data'),
    '-U',
    databaseUser,
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--no-locale',
    '--data-checksums',
  ];
  try {
    await promisify(execFile)(initdb, args, { cwd: draft, env: serverEnvironment(env), ...owner });
  } catch (error) {
    const reason =
      isError(error) && 'stderr' in error ? lastLine(String(error.stderr)) || error.message : String(error);
    throw new ConfigurationError(
      `The embedded store cannot be made in ${draft}: ${reason} Give a folder that the user of the server can reach and write.`,
    );
  }
}

/** What a crash left behind while it made a cluster. Younger ones may be somebody's who is making it now. */
async function removeLeftovers(folder: string): Promise<void> {
  const drafts = (await readdir(folder)).filter((name) => /^new-[0-9a-f]{12}$/.test(name));
  for (const draft of drafts.map((name) => join(folder, name))) {
    const age = await stat(draft).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > hourMs) await rm(draft, { recursive: true, force: true });
  }
}

/** Beside the data, or where its path is too long for a socket, in a private folder for temporary files. */
async function socketFolderOf(place: string, owner: ServerOwner | undefined): Promise<string> {
  if (Buffer.byteLength(place) <= longestSocketFolder) return place;
  const name = createHash('sha256').update(place).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `seek-pass-${name}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const uid = process.getuid?.();
  if (owner !== undefined && (await lstat(folder)).uid === uid) await chown(folder, owner.uid, owner.gid);
  await mustBePrivate(folder, owner);
  return folder;
}

/** Whoever could open the folder could read the password, or put another server in place of ours. */
async function mustBePrivate(folder: string, owner: ServerOwner | undefined): Promise<void> {
  if (process.platform === 'win32') return;
  const found = await lstat(folder);
  const uid = owner?.uid ?? process.getuid?.();
  if (!found.isDirectory() || found.uid !== uid) {
    throw new ConfigurationError(
      `${folder} belongs to another user. Start as that user, or give another folder.`,
    );
  }
  if ((found.mode & 0o077) !== 0) await chmod(folder, 0o700);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
