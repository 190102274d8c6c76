import { isDeepStrictEqual } from 'node:util';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { Mapping, MappingFinding, SiteMapping } from '../../../contract/mapping.ts';
import { issuedWith } from './issued-with.ts';
import { keptMappings } from './kept-mappings.ts';
import { removeMapping, storeMapping } from './stored-mappings.ts';

/** Says what is wrong with a mapping by itself. */
type Check = (mapping: Mapping) => readonly MappingFinding[];

/** See `MappingsService.create`. */
export async function createMapping(
  strapi: Core.Strapi,
  check: Check,
  mapping: Mapping,
): Promise<SiteMapping> {
  await requireFreeName(strapi, mapping.name);
  requireRight(check, mapping);
  return storeMapping(strapi, mapping, 0);
}

/** See `MappingsService.update`. */
export async function updateMapping(
  strapi: Core.Strapi,
  check: Check,
  name: string,
  mapping: Mapping,
  revision: number,
): Promise<SiteMapping> {
  const before = await changeable(strapi, name);
  const moved = mapping.contentType !== before.contentType;
  const renamed = mapping.name !== name;
  if ((moved || renamed) && (await issuedWith(strapi, [name])).has(name)) {
    throw new errors.ApplicationError(
      `Credentials were issued with this mapping, so its ${renamed ? 'name' : 'content type'} stays: otherwise the same entries would be issued a second time. Switch it off and make a new one.`,
    );
  }
  // Switching off must always work, also when a field is gone meanwhile.
  if (mapping.enabled || !isOnlySwitchedOff(before, mapping)) requireRight(check, mapping);
  if (!renamed) return storeMapping(strapi, mapping, revision);
  await requireFreeName(strapi, mapping.name);
  const stored = await storeMapping(strapi, mapping, 0);
  await removeMapping(strapi, name, revision);
  return stored;
}

/** See `MappingsService.remove`. */
export async function deleteMapping(strapi: Core.Strapi, name: string, revision: number): Promise<void> {
  await changeable(strapi, name);
  if ((await issuedWith(strapi, [name])).has(name)) {
    throw new errors.ApplicationError(
      'Credentials were issued with this mapping, so it is kept: switch it off instead.',
    );
  }
  await removeMapping(strapi, name, revision);
}

async function changeable(strapi: Core.Strapi, name: string): Promise<SiteMapping> {
  const before = (await keptMappings(strapi)).find((one) => one.name === name);
  if (before === undefined) throw new errors.NotFoundError(`There is no mapping ${name} any more.`);
  if (before.keptIn === 'database') return before;
  throw new errors.ApplicationError(
    'This mapping is kept in the code of the site: change it there, in config/plugins.',
  );
}

/** A name that awards have in their keys is not given to another mapping. */
async function requireFreeName(strapi: Core.Strapi, name: string): Promise<void> {
  if ((await keptMappings(strapi)).some((one) => one.name === name)) {
    throw new errors.ApplicationError(`There is a mapping ${name} already: choose another name.`);
  }
  if ((await issuedWith(strapi, [name])).has(name)) {
    throw new errors.ApplicationError(
      `Credentials were issued with an earlier mapping ${name}: choose another name.`,
    );
  }
}

function requireRight(check: Check, mapping: Mapping): void {
  const wrong = check(mapping).filter(({ severity }) => severity === 'error');
  const [first] = wrong;
  if (first === undefined) return;
  throw new errors.ValidationError(`${first.message}. ${first.remedy}`, {
    errors: wrong.map(({ target, message, remedy }) => ({
      path: [target],
      message: `${message}. ${remedy}`,
    })),
  });
}

function isOnlySwitchedOff(
  { keptIn: _keptIn, revision: _revision, ...before }: SiteMapping,
  after: Mapping,
): boolean {
  return isDeepStrictEqual({ ...before, enabled: false }, after);
}
