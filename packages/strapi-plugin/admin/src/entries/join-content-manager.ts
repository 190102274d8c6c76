import type { ContentManagerPlugin } from '@strapi/content-manager/strapi-admin';
import type { StrapiApp } from '@strapi/strapi/admin';
import { issueManyAction } from '../runs/issue-many-action.tsx';
import { EntryAwardsPanel } from './entry-awards-panel.tsx';
import { IssuancesLink } from './issuances-link.tsx';
import { IssueAction } from './issue-action.tsx';
import { addStateColumn } from './state-column.tsx';

/** Adds to the Content Manager what staff see and do on an entry. */
export function joinContentManager(app: StrapiApp): void {
  const plugin = app.getPlugin('content-manager');
  const apis = plugin.apis as ContentManagerPlugin['config']['apis'];
  apis.addEditViewSidePanel((panels) => [...panels, EntryAwardsPanel]);
  // At the end: the first two become the large buttons that save the entry.
  apis.addDocumentAction((actions) => [...actions, IssueAction]);
  apis.addBulkAction((actions) => [issueManyAction, ...actions]);
  plugin.injectComponent('listView', 'actions', { name: 'seek-pass-issuances', Component: IssuancesLink });
  app.registerHook('Admin/CM/pages/ListView/inject-column-in-table', addStateColumn);
}
