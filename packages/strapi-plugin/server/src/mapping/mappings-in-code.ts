import type { Core } from '@strapi/types';
import type { SiteMapping } from '../../../contract/mapping.ts';
import { pluginConfigOf } from '../plugin-config.ts';

/** The mappings in the configuration of the site. Two of one name count as the first: `checkMappings` tells of it at the start. */
export function mappingsInCode(strapi: Core.Strapi): SiteMapping[] {
  const { mappings = [] } = pluginConfigOf(strapi);
  const first = new Map(mappings.toReversed().map((mapping) => [mapping.name, mapping]));
  return mappings
    .filter((mapping) => first.get(mapping.name) === mapping)
    .map((mapping) => ({ ...mapping, keptIn: 'code', revision: 0 }));
}
