import { adminRoute } from '../routes/admin-route.ts';

const requires = ['settings'] as const;

/** The settings page of the mappings. */
export const mappingRoutes = [
  adminRoute({ method: 'GET', path: '/mappings', handler: 'mappings.list', requires }),
  adminRoute({ method: 'POST', path: '/mappings', handler: 'mappings.create', requires }),
  adminRoute({ method: 'PUT', path: '/mappings/:name', handler: 'mappings.update', requires }),
  adminRoute({ method: 'POST', path: '/mappings/:name/switch', handler: 'mappings.switch', requires }),
  adminRoute({ method: 'DELETE', path: '/mappings/:name', handler: 'mappings.remove', requires }),
  adminRoute({ method: 'GET', path: '/mappings/:name/file', handler: 'mappings.file', requires }),
  adminRoute({ method: 'GET', path: '/mapping-choices', handler: 'mappings.choices', requires }),
  adminRoute({ method: 'GET', path: '/mapping-fields', handler: 'mappings.fields', requires }),
  adminRoute({ method: 'GET', path: '/mapping-entries', handler: 'mappings.entries', requires }),
  adminRoute({ method: 'GET', path: '/mapping-guess', handler: 'mappings.guess', requires }),
  adminRoute({ method: 'POST', path: '/mapping-trial', handler: 'mappings.try', requires }),
];
