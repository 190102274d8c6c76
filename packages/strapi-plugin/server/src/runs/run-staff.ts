import type { Core } from '@strapi/types';
import { permissionAction } from '../../../contract/permissions.ts';

/** The member of staff who has a run done, with the permissions of this moment. */
export interface RunStaff {
  readonly who: string;
  readonly user: unknown;
  /** Of CASL, as Strapi makes it for a request. */
  readonly ability: StaffAbility;
}

interface StaffAbility {
  can(action: string): boolean;
}

/** Who may still issue many at once. `undefined`: the account is gone or blocked, or the permission was taken away. */
export async function findRunStaff(strapi: Core.Strapi, who: string): Promise<RunStaff | undefined> {
  const id = /^strapi:(\d+)$/.exec(who)?.[1];
  if (id === undefined) return undefined;
  const user: unknown = await strapi.db
    .query('admin::user')
    .findOne({ where: { id: Number(id), isActive: true }, populate: ['roles'] });
  if (user === null || (user as { readonly blocked?: boolean | null }).blocked === true) return undefined;
  const ability = (await strapi
    .service('admin::permission')
    .engine.generateUserAbility(user)) as StaffAbility;
  return ability.can(permissionAction('bulk-issue')) ? { who, user, ability } : undefined;
}
