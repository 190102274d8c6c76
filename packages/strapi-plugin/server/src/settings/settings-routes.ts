import { adminRoute } from '../routes/admin-route.ts';

/** The settings page: settings, test and kill switch. */
export const settingsRoutes = [
  adminRoute({ method: 'GET', path: '/settings', handler: 'settings.find', requires: ['settings'] }),
  adminRoute({ method: 'PUT', path: '/settings', handler: 'settings.save', requires: ['settings'] }),
  adminRoute({ method: 'POST', path: '/settings/test', handler: 'settings.test', requires: ['settings'] }),
  adminRoute({ method: 'POST', path: '/issuing/stop', handler: 'issuing.stop', requires: ['settings'] }),
  adminRoute({ method: 'POST', path: '/issuing/resume', handler: 'issuing.resume', requires: ['settings'] }),
];
