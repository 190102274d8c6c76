import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SeekPassError } from '@seek-pass-kit/core';
import type { EmbeddedServerOptions } from './embedded-database.ts';
import { isError } from '../is-error.ts';

/** Where an embedded server runs on this machine, as its options name it. */
export type EmbeddedPlace = Pick<EmbeddedServerOptions, 'folder' | 'osUser' | 'binaries'>;

/** Where Debian and its relatives put servers. */
const installedServers = '/usr/lib/postgresql';

/**
 * Opens something embedded in the first of these folders that works: with the server of the package, or with one that is installed on this
 * machine. Root, as whom PostgreSQL does not run, gets an existing user for it.
 *
 * ```ts
 * const open = (at: EmbeddedPlace) => openEmbeddedDatabase({ ...at, environment: 'sandbox' });
 * const { opened: database } = await openWhereItRuns(['.data/postgres'], open);
 * ```
 *
 * @throws what the first try met, when none works.
 */
export async function openWhereItRuns<Opened>(
  folders: readonly string[],
  open: (place: EmbeddedPlace) => Promise<Opened>,
): Promise<{ readonly place: EmbeddedPlace; readonly opened: Opened }> {
  const ways = waysOf(process.getuid?.() === 0 ? [{}, { osUser: 'nobody' }] : [{}]);
  let first: unknown;
  for (const place of folders.flatMap((folder) => ways.map((way) => ({ folder, ...way })))) {
    try {
      return { place, opened: await open(place) };
    } catch (error) {
      if (!doesNotRunHere(error)) throw error;
      first ??= error;
    }
  }
  throw first;
}

/** Whether an error says that a place cannot be used: a setting does not fit the machine, or the system refused a file. */
function doesNotRunHere(error: unknown): error is Error {
  if (SeekPassError.is(error)) return error.code === 'invalid_configuration';
  return isError(error) && 'syscall' in error && 'path' in error;
}

/** First with the server of the package, then with one that is installed. */
function waysOf(
  users: ReadonlyArray<{ readonly osUser?: string }>,
): ReadonlyArray<Omit<EmbeddedPlace, 'folder'>> {
  const newest = existsSync(installedServers)
    ? readdirSync(installedServers).sort(byNumber).at(-1)
    : undefined;
  if (newest === undefined) return users;
  const binaries = join(installedServers, newest, 'bin');
  return [...users, ...users.map((user) => ({ ...user, binaries }))];
}

function byNumber(one: string, other: string): number {
  return Number(one) - Number(other);
}
