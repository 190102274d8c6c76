import type { Core } from '@strapi/types';
import type { Mapping, MappingFinding } from '../../../contract/mapping.ts';
import { siteSchemas, type SiteSchemas } from '../mapping/site-schemas.ts';

const users = 'plugin::users-permissions.user';

/**
 * Says when end users could write the link from an entry to its user themselves, through the content API: then it is not a word of staff, and
 * nobody is proved by it (security rule 24). `undefined`: they cannot, as far as the permissions of their roles tell. What the site's own
 * controllers let people write, nobody can tell from here.
 */
export async function openLinkFinding(
  strapi: Core.Strapi,
  { contentType, targets }: Pick<Mapping, 'contentType' | 'targets'>,
): Promise<MappingFinding | undefined> {
  const { user: source } = targets;
  if (source === undefined || !('field' in source) || strapi.plugins['users-permissions'] === undefined) {
    return undefined;
  }
  const actions = writingActions(siteSchemas(strapi), contentType, source.field);
  const permissions = (await strapi.db.query('plugin::users-permissions.permission').findMany({
    where: { action: { $in: [...actions] } },
    populate: ['role'],
  })) as ReadonlyArray<{ readonly action: string; readonly role?: { readonly name?: string } | null }>;
  const given = permissions.find(({ role }) => role !== null && role !== undefined);
  if (given === undefined) return undefined;
  return {
    target: 'user',
    severity: 'warning',
    message: `The role ${given.role?.name ?? ''} of end users may do ${given.action}, and so link anybody to ${source.field}`,
    remedy:
      'Take that permission from the role in Users & Permissions. Until then no user is stored with an award, and nobody can claim by signing in to the site.',
  };
}

/** The actions of the content API that could write one of the relations on the way to the user, or take over the account at its end. */
function writingActions(schemas: SiteSchemas, contentType: string, path: string): ReadonlySet<string> {
  const models = [contentType, users];
  let model = schemas.contentType(contentType);
  for (const name of path.split('.')) {
    const { target, component } = model?.attributes[name] ?? {};
    // A relation can be written from its other end too.
    if (target !== undefined) models.push(target);
    model = component === undefined ? schemas.contentType(target ?? '') : schemas.component(component);
  }
  return new Set(models.flatMap((uid) => [`${uid}.create`, `${uid}.update`]));
}
