import { ConfigurationError } from '@seek-pass-kit/core';
import { isError } from '../is-error.ts';

/** What a server, or the way to it, says to settings that will not do next time either; by the codes of PostgreSQL and of the system. */
const remedies: ReadonlyMap<unknown, string> = new Map([
  ['28P01', 'The database refused the user or the password: correct them.'],
  [
    '28000',
    'The database does not let this user in from here: correct the user, or what pg_hba.conf says of it.',
  ],
  ['3D000', 'The server has no database of that name: make it, or correct the name.'],
  [
    '42501',
    "The database user may not make or change the tables: let migratePostgres() do it with a user that may, and set migrations to 'check'.",
  ],
  ['ENOTFOUND', 'The host name of the database is not known: correct it.'],
]);

/** An error of the opening that people mend by a setting, in words and without a value; every other one as it is. */
export function openingRefused(error: unknown): unknown {
  const code = isError(error) && 'code' in error ? error.code : undefined;
  const remedy = remedies.get(code);
  return remedy === undefined ? error : new ConfigurationError(remedy);
}
