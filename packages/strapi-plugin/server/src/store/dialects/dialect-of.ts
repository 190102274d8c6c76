import { ConfigurationError } from '@seek-pass-kit/core';
import type { Dialect } from './dialect.ts';
import { mysql } from './mysql.ts';
import { postgres } from './postgres.ts';
import { sqlite } from './sqlite.ts';

const dialects: Readonly<Record<string, Dialect>> = { sqlite, postgres, mysql };

/**
 * The dialect of a `client` of Strapi's `config/database`.
 *
 * @throws {ConfigurationError} `invalid_configuration` for one that Strapi does not have.
 */
export function dialectOf(client: string): Dialect {
  const dialect = dialects[client];
  if (dialect === undefined)
    throw new ConfigurationError(
      `The plugin keeps awards in SQLite, PostgreSQL, MySQL or MariaDB: set client in config/database to sqlite, postgres or mysql.`,
    );
  return dialect;
}
