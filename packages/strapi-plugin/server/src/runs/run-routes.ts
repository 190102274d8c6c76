import { adminRoute } from '../routes/admin-route.ts';

/** Runs. Each action leaves out or refuses what the asker may not read. */
export const runRoutes = [
  adminRoute({ method: 'GET', path: '/runs', handler: 'runs.list', requires: ['bulk-issue'] }),
  adminRoute({ method: 'POST', path: '/runs', handler: 'runs.create', requires: ['bulk-issue'] }),
  adminRoute({ method: 'GET', path: '/run-mappings', handler: 'runs.mappings', requires: ['bulk-issue'] }),
  adminRoute({ method: 'GET', path: '/runs/:id', handler: 'runs.detail', requires: ['bulk-issue'] }),
  adminRoute({ method: 'GET', path: '/runs/:id/rows', handler: 'runs.rows', requires: ['bulk-issue'] }),
  adminRoute({
    method: 'GET',
    path: '/runs/:id/results',
    handler: 'runs.results',
    requires: ['bulk-issue', 'export'],
  }),
  adminRoute({
    method: 'POST',
    path: '/runs/:id/confirm',
    handler: 'runs.confirm',
    requires: ['bulk-issue'],
  }),
  adminRoute({ method: 'POST', path: '/runs/:id/resume', handler: 'runs.resume', requires: ['bulk-issue'] }),
  adminRoute({ method: 'POST', path: '/runs/:id/cancel', handler: 'runs.cancel', requires: ['bulk-issue'] }),
  adminRoute({ method: 'POST', path: '/runs/:id/retry', handler: 'runs.retry', requires: ['bulk-issue'] }),
];
