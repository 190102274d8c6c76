import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SeekPassError } from '@seek-pass-kit/core';
import type { Store } from '@seek-pass-kit/flows';

/** Where an embedded store runs on this machine, in the words of the config. */
export interface EmbeddedPlace {
  readonly folder: string;
  readonly osUser?: string;
  readonly binaries?: string;
}

/** A place that was tried, with its store open. */
export interface OpenPlace {
  readonly place: EmbeddedPlace;
  readonly store: Store;
}

/** Where Debian and its relatives put servers. */
const installedServers = '/usr/lib/postgresql';

/**
 * Opens an embedded store in the first of these folders that works: with the server of the package, or with one that is
 * installed on this machine. Root, as whom PostgreSQL does not run, gets an existing user for it.
 *
 * @throws what {@link doesNotRunHere} knows, of the first try, when none works.
 */
export async function openEmbeddedPlace(folders: readonly string[]): Promise<OpenPlace> {
  const { openEmbeddedStore } = await import('@seek-pass-kit/flows/embedded');
  const ways = waysOf(process.getuid?.() === 0 ? [{}, { osUser: 'nobody' }] : [{}]);
  let first: unknown;
  for (const place of folders.flatMap((folder) => ways.map((way) => ({ folder, ...way })))) {
    try {
      return { place, store: await openEmbeddedStore(place) };
    } catch (error) {
      if (!doesNotRunHere(error)) throw error;
      first ??= error;
    }
  }
  throw first;
}

/** Whether an error says that a place cannot be used: a setting does not fit the machine, or the system refused a file. */
export function doesNotRunHere(error: unknown): error is Error {
  if (SeekPassError.is(error)) return error.code === 'invalid_configuration';
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

/** First with the server of the package, then with one that is installed. */
function waysOf(users: readonly { readonly osUser?: string }[]): readonly Omit<EmbeddedPlace, 'folder'>[] {
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
