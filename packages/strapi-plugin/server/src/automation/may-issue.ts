import { errors } from '@strapi/utils';
import type { Core } from '@strapi/types';
import type { EntryPlace } from '../../../contract/entry-place.ts';
import { permissionAction } from '../../../contract/permissions.ts';
import { readableEntry } from '../permissions/readable-entry.ts';

/** What Strapi knows of an administrator. */
interface Administrator {
  readonly id: number;
  readonly isActive?: boolean | null;
  readonly blocked?: boolean | null;
}

/**
 * Whether a member of staff, `strapi:<id>`, may issue this entry now: they are still active, have the permission, and may read the entry
 * (security rule 24).
 */
export async function mayIssue(strapi: Core.Strapi, who: string, entry: EntryPlace): Promise<boolean> {
  const id = /^strapi:(\d+)$/.exec(who)?.[1];
  if (id === undefined) return false;
  const user = (await strapi.db
    .query('admin::user')
    .findOne({ where: { id: Number(id) }, populate: ['roles'] })) as Administrator | null;
  if (user === null || user.isActive !== true || user.blocked === true) return false;
  const userAbility = (await strapi.service('admin::permission').engine.generateUserAbility(user)) as {
    can(action: string): boolean;
  };
  if (!userAbility.can(permissionAction('issue'))) return false;
  try {
    await readableEntry(strapi, { state: { userAbility, user } }, entry);
    return true;
  } catch (error) {
    if (error instanceof errors.ForbiddenError || error instanceof errors.NotFoundError) return false;
    throw error;
  }
}
