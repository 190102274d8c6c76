import { adminRoute } from '../routes/admin-route.ts';

/** What is issued by itself, and what waits for a person. */
export const automationRoutes = [
  adminRoute({ method: 'GET', path: '/automation', handler: 'automation.rules', requires: ['settings'] }),
  adminRoute({ method: 'PUT', path: '/automation', handler: 'automation.save', requires: ['settings'] }),
  adminRoute({
    method: 'POST',
    path: '/automation/preview',
    handler: 'automation.preview',
    requires: ['settings'],
  }),
  adminRoute({ method: 'GET', path: '/approvals', handler: 'automation.approvals', requires: ['issue'] }),
  adminRoute({
    method: 'POST',
    path: '/approvals/dismiss',
    handler: 'automation.dismiss',
    requires: ['issue'],
  }),
];
