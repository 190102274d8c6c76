import { automationRoutes } from '../automation/automation-routes.ts';
import { entryAwardRoutes } from '../awards/entry-award-routes.ts';
import { settingsRoutes } from '../settings/settings-routes.ts';
import { importRoutes } from '../imports/import-routes.ts';
import { recordRoutes } from '../records/record-routes.ts';
import { runRoutes } from '../runs/run-routes.ts';
import { issuanceRoutes } from '../issuances/issuance-routes.ts';
import { mappingRoutes } from '../mapping/mapping-routes.ts';
import { adminRoute } from './admin-route.ts';
import { endUserRoute } from './end-user-route.ts';

/** Every route of the plugin. */
export const routes = {
  admin: {
    type: 'admin',
    routes: [
      adminRoute({ method: 'GET', path: '/state', handler: 'connection.state', requires: 'any' }),
      ...settingsRoutes,
      ...entryAwardRoutes,
      ...runRoutes,
      ...importRoutes,
      ...issuanceRoutes,
      ...recordRoutes,
      ...automationRoutes,
      ...mappingRoutes,
    ],
  },
  'content-api': {
    type: 'content-api',
    routes: [
      endUserRoute({ method: 'GET', path: '/me/awards', handler: 'me.awards' }),
      endUserRoute({ method: 'POST', path: '/me/awards/:id/claim', handler: 'me.claim' }),
    ],
  },
};
