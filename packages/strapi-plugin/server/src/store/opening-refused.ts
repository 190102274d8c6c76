import { ConfigurationError } from '@seek-pass-kit/core';
import { codeOf } from './dialects/dialect.ts';

const mayNotMakeTables =
  "The database user of Strapi may not make tables, indexes or triggers: give it these rights on Strapi's database, then start again.";

/** What a database says to a user who may not make what the store needs, by its codes. */
const remedies: ReadonlyMap<string, string> = new Map([
  ['42501', mayNotMakeTables],
  ['ER_TABLEACCESS_DENIED_ERROR', mayNotMakeTables],
  ['ER_DBACCESS_DENIED_ERROR', mayNotMakeTables],
  ['ER_SPECIFIC_ACCESS_DENIED_ERROR', mayNotMakeTables],
  [
    'ER_BINLOG_CREATE_ROUTINE_NEED_SUPER',
    'The server keeps a binary log, and lets only an administrator make the triggers that keep the audit trail as it is: set log_bin_trust_function_creators to 1 there, then start again.',
  ],
  ['SQLITE_READONLY', 'The SQLite file of Strapi can only be read: make it and its folder writable.'],
]);

/** An error of the opening that people mend by a setting, in words and without a value; every other one as it is. */
export function openingRefused(error: unknown): unknown {
  const remedy = remedies.get(codeOf(error));
  return remedy === undefined ? error : new ConfigurationError(remedy);
}
