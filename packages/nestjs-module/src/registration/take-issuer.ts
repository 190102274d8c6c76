import { resolve } from 'node:path';
import { ConfigurationError } from '@seek-pass-kit/core';
import type { SeekPassModuleOptions, StoreSetting } from '../seek-pass-module-options.ts';

/** Where rows are: equal for two settings that lead to one database, as far as the settings tell. */
interface Place {
  readonly of: unknown;
  readonly schema: string | undefined;
}

const taken = new WeakMap<object, Array<Place & { readonly issuer: string; readonly name: string }>>();

type Options = Pick<SeekPassModuleOptions, 'issuer' | 'store'>;

/**
 * Gives a registration the rows of its issuer in an application. Two workers with the same rows would do each other's jobs, and each would
 * call its own handlers only.
 *
 * @param application anything that each application has one of.
 * @throws {ConfigurationError} `invalid_configuration` when another registration has this issuer in the same database.
 */
export function takeIssuer(application: object, name: string, { issuer = name, store }: Options): void {
  if (store === undefined) return;
  const place = placeOf(store);
  const others = taken.get(application) ?? [];
  taken.set(application, others);
  const other = others.find(
    (one) => one.issuer === issuer && one.of === place.of && one.schema === place.schema,
  );
  if (other !== undefined) {
    throw new ConfigurationError(
      `issuer '${issuer}' of this database belongs to SeekPassModule '${other.name}'. Give one of the two another issuer, or put all parts of this issuer into one registration.`,
    );
  }
  others.push({ ...place, issuer, name });
}

function placeOf(store: StoreSetting): Place {
  if ('postgres' in store) {
    const { pool, connectionString, schema } = store.postgres;
    return { of: pool ?? connectionString, schema };
  }
  if ('embedded' in store) return { of: resolve(store.embedded.folder), schema: store.embedded.schema };
  return { of: store, schema: undefined };
}
