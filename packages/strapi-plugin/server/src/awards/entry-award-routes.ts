import { adminRoute } from '../routes/admin-route.ts';

/** What is asked and done on an entry. */
export const entryAwardRoutes = [
  adminRoute({
    method: 'GET',
    path: '/mapped-content-types',
    handler: 'entry-awards.contentTypes',
    requires: ['read'],
  }),
  adminRoute({ method: 'GET', path: '/entries/awards', handler: 'entry-awards.awards', requires: ['read'] }),
  adminRoute({ method: 'POST', path: '/entries/states', handler: 'entry-awards.states', requires: ['read'] }),
  adminRoute({
    method: 'GET',
    path: '/entries/preview',
    handler: 'entry-awards.preview',
    requires: ['issue'],
  }),
  adminRoute({ method: 'POST', path: '/entries/issue', handler: 'entry-awards.issue', requires: ['issue'] }),
  adminRoute({
    method: 'POST',
    path: '/entries/resend',
    handler: 'entry-awards.resend',
    requires: ['issue'],
  }),
  adminRoute({
    method: 'POST',
    path: '/entries/link',
    handler: 'entry-awards.link',
    requires: ['copy-link'],
  }),
  adminRoute({
    method: 'POST',
    path: '/entries/withdraw',
    handler: 'entry-awards.withdraw',
    requires: ['withdraw'],
  }),
];
