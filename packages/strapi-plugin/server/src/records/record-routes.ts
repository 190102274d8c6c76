import { adminRoute } from '../routes/admin-route.ts';

/** What a reviewer checks, and how a learner is erased. Whoever erases names a person, and learns whether there is one. */
export const recordRoutes = [
  adminRoute({ method: 'GET', path: '/audit/verdict', handler: 'records.verdict', requires: ['settings'] }),
  adminRoute({ method: 'GET', path: '/erasures', handler: 'records.erasures', requires: ['settings'] }),
  adminRoute({
    method: 'POST',
    path: '/erasures',
    handler: 'records.erase',
    requires: ['settings', 'personal-data'],
  }),
];
