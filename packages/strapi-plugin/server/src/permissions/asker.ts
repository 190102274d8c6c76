import type { Context } from 'koa';
import { permissionAction, type PermissionName } from '../../../contract/permissions.ts';

/** Whoever asks, as Strapi has logged them in. */
interface AskerState {
  readonly user?: { readonly id: number };
  readonly userAbility?: { can(action: string): boolean };
}

/** Whether the administrator who asks has a permission of this plugin, besides those of the route. */
export function askerMay({ state }: Pick<Context, 'state'>, name: PermissionName): boolean {
  return (state as AskerState).userAbility?.can(permissionAction(name)) === true;
}

/** How flows name the administrator who asks: `strapi:<id>`. */
export function whoAsks({ state }: Pick<Context, 'state'>): string {
  const { user } = state as AskerState;
  if (user === undefined) throw new Error('A route that needs an administrator was asked without one.');
  return `strapi:${user.id}`;
}
