import { adminRoute } from '../routes/admin-route.ts';

/** Routes of the list of all awards. */
export const issuanceRoutes = [
  adminRoute({ method: 'GET', path: '/issuances', handler: 'issuances.list', requires: ['read'] }),
  adminRoute({ method: 'POST', path: '/issuances/search', handler: 'issuances.search', requires: ['read'] }),
  adminRoute({ method: 'GET', path: '/issuances/counts', handler: 'issuances.counts', requires: ['read'] }),
  adminRoute({ method: 'GET', path: '/issuances/summary', handler: 'issuances.summary', requires: ['read'] }),
  adminRoute({ method: 'GET', path: '/issuances/filters', handler: 'issuances.filters', requires: ['read'] }),
  adminRoute({
    method: 'GET',
    path: '/issuances/export',
    handler: 'issuances.export',
    requires: ['read', 'export'],
  }),
  adminRoute({ method: 'GET', path: '/issuances/:id', handler: 'issuance.detail', requires: ['read'] }),
  adminRoute({
    method: 'POST',
    path: '/issuances/:id/resend',
    handler: 'issuance.resend',
    requires: ['read', 'issue'],
  }),
  adminRoute({
    method: 'POST',
    path: '/issuances/:id/allow-mail',
    handler: 'issuance.allowMail',
    requires: ['read', 'issue'],
  }),
  adminRoute({
    method: 'POST',
    path: '/issuances/:id/withdraw',
    handler: 'issuance.withdraw',
    requires: ['read', 'withdraw'],
  }),
];
