import { pluginId } from '../../../contract/plugin-id.ts';

/** A route of the content API for end users who are signed in. Below `/api/seek-pass`. */
export interface EndUserRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** `<controller>.<action>`: also the name of the permission in the roles of Users & Permissions, where it is off until staff tick it. */
  readonly handler: string;
}

/** A route as Strapi takes it: API tokens are not asked about, so no token opens it, whatever it may do. */
export function endUserRoute({ method, path, handler }: EndUserRoute) {
  return {
    method,
    path,
    handler,
    config: {
      auth: { scope: [`plugin::${pluginId}.${handler}`], strategies: ['users-permissions'] },
    },
  };
}
