import { pluginId } from '../../../contract/plugin-id.ts';
import type { PermissionName } from '../../../contract/permissions.ts';
import { permissionAction } from '../../../contract/permissions.ts';

/** A route of the administration. Below `/seek-pass`; only for administrators who have every one of `requires`. */
export interface AdminRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** `<controller>.<action>`. */
  readonly handler: string;
  /**
   * At least one. The action checks besides that the entry itself may be read, see `readableEntry`. `any`: whoever has some permission of this
   * plugin, for what tells nothing of awards, people or settings.
   */
  readonly requires: readonly [PermissionName, ...PermissionName[]] | 'any';
}

/** A route as Strapi takes it: nothing of this plugin answers without its permission, and nothing answers a token. */
export function adminRoute({ method, path, handler, requires }: AdminRoute) {
  return {
    method,
    path,
    handler,
    config: {
      policies: [
        'admin::isAuthenticatedAdmin',
        `plugin::${pluginId}.signed-in-staff`,
        requires === 'any'
          ? `plugin::${pluginId}.has-any-permission`
          : { name: 'admin::hasPermissions', config: { actions: requires.map(permissionAction) } },
      ],
    },
  };
}
