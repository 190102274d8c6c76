import type { Core } from '@strapi/types';
import { entryAwardTable } from '../awards/entry-award-table.ts';

/** Which of these mappings something was issued with, by whichever issuer: their names stand in the keys of awards. */
export async function issuedWith(
  strapi: Core.Strapi,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const knex = strapi.db.connection;
  // Until the plugin is connected for the first time, its tables are not there.
  if (names.length === 0 || !(await knex.schema.hasTable(entryAwardTable.name))) return new Set();
  const rows: unknown = await knex(entryAwardTable.name)
    .distinct('mapping')
    .whereIn('mapping', [...names]);
  return new Set(
    (rows as ReadonlyArray<{ readonly mapping: unknown }>).map(({ mapping }) => String(mapping)),
  );
}
