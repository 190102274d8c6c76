import { SeekPassError } from '@seek-pass-kit/core';
import type { Store } from '@seek-pass-kit/flows';
import type { EmbeddedPlace } from '@seek-pass-kit/flows/embedded';

export type { EmbeddedPlace };

/** A place that was tried, with its store open. */
export interface OpenPlace {
  readonly place: EmbeddedPlace;
  readonly store: Store;
}

/**
 * Opens an embedded store in the first of these folders that works; see `openWhereItRuns` of the flows.
 *
 * @throws what {@link doesNotRunHere} knows, of the first try, when none works.
 */
export async function openEmbeddedPlace(folders: readonly string[]): Promise<OpenPlace> {
  const { openEmbeddedStore, openWhereItRuns } = await import('@seek-pass-kit/flows/embedded');
  // Only tried here. Whether an environment may use it, its settings are asked when it is opened for awards.
  const { place, opened } = await openWhereItRuns(folders, (at) =>
    openEmbeddedStore({ environment: 'sandbox', ...at }),
  );
  return { place, store: opened };
}

/** Whether an error says that a place cannot be used: a setting does not fit the machine, or the system refused a file. */
export function doesNotRunHere(error: unknown): error is Error {
  if (SeekPassError.is(error)) return error.code === 'invalid_configuration';
  return error instanceof Error && 'syscall' in error && 'path' in error;
}
