import type { Context } from 'koa';
import { permissionNames } from '../../../contract/permissions.ts';
import { askerMay } from './asker.ts';

/** The policy of routes that whoever has some permission of this plugin may ask. */
export function hasAnyPermission(context: Pick<Context, 'state'>): boolean {
  return permissionNames.some((name) => askerMay(context, name));
}
