import type { Core } from '@strapi/types';
import { subjectOfUser } from '../mapping/subject-of-user.ts';

/** An end user as Strapi stores one. */
interface EndUser {
  readonly documentId?: string | null;
  readonly blocked?: boolean | null;
  readonly confirmed?: boolean | null;
}

/**
 * Whether the user behind a subject may still act: there is exactly one, who is not blocked, and whose address was confirmed where the site
 * wants that. As Strapi asks when somebody signs in.
 */
export async function isActiveUser(strapi: Core.Strapi, subject: string): Promise<boolean> {
  if (strapi.plugins['users-permissions'] === undefined) return false;
  const documentId = subject.slice(subject.indexOf(':') + 1);
  const found = (await strapi.db
    .query('plugin::users-permissions.user')
    .findMany({ where: { documentId }, limit: 2 })) as readonly EndUser[];
  const [user] = found;
  if (user === undefined || found.length > 1 || subjectOfUser(user) !== subject) return false;
  if (user.blocked === true) return false;
  const settings = (await strapi
    .store({ type: 'plugin', name: 'users-permissions' })
    .get({ key: 'advanced' })) as { readonly email_confirmation?: boolean } | null;
  return settings?.email_confirmation !== true || user.confirmed === true;
}
