import { type ComponentType, lazy } from 'react';
import type { PermissionName } from '../../../contract/permissions.ts';
import type { WordKey } from '../words/word-key.ts';

/** A page below `/plugins/seek-pass`, and its entry in the sub-navigation. */
export interface PluginPage {
  /** `issuances`: also everything below it goes to this page. */
  readonly path: string;
  readonly label: WordKey;
  /** Whoever does not have it sees neither the entry nor the page. */
  readonly requires: PermissionName;
  readonly Page: ComponentType;
}

/** The first that somebody may see is the one they get first. */
export const pluginPages: readonly PluginPage[] = [
  {
    path: 'issuances',
    label: 'issuances.title',
    requires: 'read',
    Page: lazy(() => import('../pages/issuances-page.tsx')),
  },
  {
    path: 'runs',
    label: 'runs.title',
    requires: 'bulk-issue',
    Page: lazy(() => import('../pages/runs-page.tsx')),
  },
  {
    path: 'import',
    label: 'imports.title',
    requires: 'bulk-issue',
    Page: lazy(() => import('../pages/import-page.tsx')),
  },
  {
    path: 'approvals',
    label: 'automation.approvals',
    requires: 'issue',
    Page: lazy(() => import('../pages/approvals-page.tsx')),
  },
];
