import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import { pluginId } from '../../../contract/plugin-id.ts';
import type { Mapping, SiteMapping } from '../../../contract/mapping.ts';

type Stored = Readonly<Record<string, Mapping & { readonly revision: number }>>;

/** All of them are one row of Strapi's own table of settings, which is there before the plugin is connected. */
const row = { key: `plugin_${pluginId}_mappings` };
const mostMappings = 100;
const mostTries = 5;

/** The mappings that were made on the settings page. */
export async function storedMappings(strapi: Core.Strapi): Promise<SiteMapping[]> {
  return Object.values((await read(strapi)).mappings).map((mapping) => ({ ...mapping, keptIn: 'database' }));
}

/**
 * Stores a mapping: `revision` is that of the one it takes the place of, and 0 for a new one.
 *
 * @throws {ApplicationError} when another one has its name, or somebody else has changed it meanwhile.
 */
export async function storeMapping(
  strapi: Core.Strapi,
  mapping: Mapping,
  revision: number,
): Promise<SiteMapping> {
  const next = { ...mapping, revision: revision + 1 };
  await change(strapi, (stored) => {
    requireRevision(stored, mapping.name, revision);
    if (revision === 0 && Object.keys(stored).length >= mostMappings) {
      throw new errors.ApplicationError(
        `There are ${mostMappings} mappings already: delete one that is not used.`,
      );
    }
    return { ...stored, [mapping.name]: next };
  });
  return { ...next, keptIn: 'database' };
}

/** @throws {ApplicationError} when somebody else has changed it meanwhile. */
export async function removeMapping(strapi: Core.Strapi, name: string, revision: number): Promise<void> {
  await change(strapi, (stored) => {
    requireRevision(stored, name, revision);
    return Object.fromEntries(Object.entries(stored).filter(([other]) => other !== name));
  });
}

function requireRevision(stored: Stored, name: string, revision: number): void {
  const before = Object.hasOwn(stored, name) ? stored[name]?.revision : undefined;
  if ((before ?? 0) === revision) return;
  throw new errors.ApplicationError(
    revision === 0
      ? `There is a mapping ${name} already: choose another name.`
      : 'Somebody else has changed this mapping meanwhile: reload the page, and enter your changes again.',
  );
}

/** Changes the row if it is still as it was read, else once more from the start: two instances of the site lose nothing of each other. */
async function change(strapi: Core.Strapi, make: (stored: Stored) => Stored): Promise<void> {
  const table = strapi.db.query('strapi::core-store');
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { text, mappings } = await read(strapi);
    const value = JSON.stringify(make(mappings));
    if (text === undefined) {
      await table.create({ data: { ...row, type: 'object', value: '{}' } });
      continue;
    }
    const { count } = await table.updateMany({ where: { ...row, value: text }, data: { value } });
    if (count > 0) return;
  }
  throw new errors.ApplicationError('Others are changing mappings at the same moment: save again.');
}

async function read(strapi: Core.Strapi): Promise<{ readonly text?: string; readonly mappings: Stored }> {
  const found = (await strapi.db.query('strapi::core-store').findOne({ where: row, orderBy: 'id' })) as {
    readonly value: string;
  } | null;
  return found === null
    ? { mappings: {} }
    : { text: found.value, mappings: JSON.parse(found.value) as Stored };
}
