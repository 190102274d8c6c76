import type { Core } from '@strapi/types';
import type { SiteMapping } from '../../../contract/mapping.ts';
import { mappingsInCode } from './mappings-in-code.ts';
import { storedMappings } from './stored-mappings.ts';

/** Every mapping of the site: those kept in code first, then by title. A name in code hides the same name in the database. */
export async function keptMappings(strapi: Core.Strapi): Promise<SiteMapping[]> {
  const inCode = mappingsInCode(strapi);
  const names = new Set(inCode.map(({ name }) => name));
  const stored = (await storedMappings(strapi)).filter(({ name }) => !names.has(name));
  return [...inCode, ...stored.toSorted((a, b) => a.title.localeCompare(b.title))];
}
