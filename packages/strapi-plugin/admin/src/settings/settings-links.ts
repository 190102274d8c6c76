import type { StrapiApp } from '@strapi/strapi/admin';
import { pluginId } from '../../../contract/plugin-id.ts';
import { permissionOf } from '../permissions/use-may.ts';
import { wordLabel } from '../words/word-label.ts';

/** A link under Settings → SEEK Pass: Strapi shows it, and its page, only to those with its permissions. */
type SettingsLink = Exclude<Parameters<StrapiApp['addSettingsLink']>[1], unknown[]>;

/** In the order in which they are shown. Each page is a file of `pages/`, loaded when it is opened. */
export const settingsLinks: SettingsLink[] = [
  {
    id: `${pluginId}-connection`,
    to: `${pluginId}/connection`,
    intlLabel: wordLabel('settings.connection'),
    Component: () => import('../pages/connection-page.tsx'),
    permissions: [permissionOf('settings')],
  },
  {
    id: `${pluginId}-mappings`,
    to: `${pluginId}/mappings`,
    intlLabel: wordLabel('mapping.title'),
    Component: () => import('../pages/mappings-page.tsx'),
    permissions: [permissionOf('settings')],
  },
  {
    id: `${pluginId}-automation`,
    to: `${pluginId}/automation`,
    intlLabel: wordLabel('automation.title'),
    Component: () => import('../pages/automation-page.tsx'),
    permissions: [permissionOf('settings')],
  },
];
