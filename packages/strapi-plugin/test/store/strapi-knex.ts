import { tmpdir } from 'node:os';
import { Database } from '@strapi/database';
import type { Knex } from 'knex';

/** A connection as a site of `config/database` has it. */
type SiteConnection = ConstructorParameters<typeof Database>[0]['connection'];

/** The pool of a Strapi that starts with this connection: made by Strapi's own code, without its content types. */
export function strapiKnex(connection: SiteConnection): Knex {
  // A folder for migrations of the site, of which there are none.
  return new Database({ connection, settings: { migrations: { dir: tmpdir() } } }).connection;
}
