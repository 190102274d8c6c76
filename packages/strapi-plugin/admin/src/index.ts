import { Key } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';
import { permissionAction } from '../../contract/permissions.ts';
import { pluginId } from '../../contract/plugin-id.ts';

// Strapi takes the default export.
export default {
  register(app: StrapiApp): void {
    app.addMenuLink({
      to: `plugins/${pluginId}`,
      icon: Key,
      intlLabel: { id: `${pluginId}.name`, defaultMessage: 'SEEK Pass' },
      Component: () => import('./pages/plugin-page.tsx'),
      permissions: [{ action: permissionAction('read'), subject: null }],
    });
    app.registerPlugin({ id: pluginId, name: 'SEEK Pass' });
  },
};
