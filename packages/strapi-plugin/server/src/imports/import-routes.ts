import { adminRoute } from '../routes/admin-route.ts';

/** Files to be imported. A file is seen by nobody but whoever sent it. */
export const importRoutes = [
  adminRoute({ method: 'POST', path: '/imports', handler: 'imports.begin', requires: ['bulk-issue'] }),
  adminRoute({ method: 'POST', path: '/imports/yaml', handler: 'imports.yaml', requires: ['bulk-issue'] }),
  adminRoute({
    method: 'POST',
    path: '/imports/:id/parts',
    handler: 'imports.addPart',
    requires: ['bulk-issue'],
  }),
  adminRoute({
    method: 'POST',
    path: '/imports/:id/columns',
    handler: 'imports.columns',
    requires: ['bulk-issue'],
  }),
  adminRoute({ method: 'DELETE', path: '/imports/:id', handler: 'imports.remove', requires: ['bulk-issue'] }),
];
