import type { Core } from '@strapi/types';
import { pluginId } from '../../../contract/plugin-id.ts';
import type { Mapping, SiteMapping } from '../../../contract/mapping.ts';
import { mappingsInCode } from './mappings-in-code.ts';

/** Every mapping of the site: those kept in code first, then by title. A name in code hides the same name in the database. */
export async function listMappings(strapi: Core.Strapi): Promise<SiteMapping[]> {
  const inCode = mappingsInCode(strapi);
  const names = new Set(inCode.map(({ name }) => name));
  const stored = (await strapi
    .store({ type: 'plugin', name: pluginId, key: 'mappings' })
    .get({})) as Readonly<Record<string, Mapping & { revision: number }>> | null;
  return [
    ...inCode,
    ...Object.values(stored ?? {})
      .filter(({ name }) => !names.has(name))
      .map((mapping) => ({ ...mapping, keptIn: 'database' as const }))
      .toSorted((a, b) => a.title.localeCompare(b.title)),
  ];
}
