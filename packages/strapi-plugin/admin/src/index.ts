import { Key } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';
import { pluginId } from '../../contract/plugin-id.ts';
import { AwaitMappings } from './entries/await-mappings.tsx';
import { joinContentManager } from './entries/join-content-manager.ts';
import { permissionOf } from './permissions/use-may.ts';
import { settingsLinks } from './settings/settings-links.ts';
import { loadWords, type Translation } from './translations/load-words.ts';
import { wordLabel } from './words/word-label.ts';

// Strapi takes the default export.
export default {
  register(app: StrapiApp): void {
    app.addMenuLink({
      to: `plugins/${pluginId}`,
      icon: Key,
      intlLabel: wordLabel('shell.name'),
      Component: () => import('./pages/plugin-page.tsx'),
      permissions: [permissionOf('read'), permissionOf('bulk-issue')],
    });
    app.addSettingsLink({ id: pluginId, intlLabel: wordLabel('settings.section') }, settingsLinks);
    app.widgets.register({
      pluginId,
      id: 'summary',
      icon: Key,
      title: wordLabel('home.title'),
      component: async () => (await import('./home/summary-widget.tsx')).SummaryWidget,
      permissions: [permissionOf('read')],
    });
    app.registerPlugin({ id: pluginId, name: 'SEEK Pass', initializer: AwaitMappings, isReady: false });
  },
  bootstrap(app: StrapiApp): void {
    joinContentManager(app);
  },
  registerTrads: ({ locales }: { readonly locales: string[] }): Promise<Translation[]> => loadWords(locales),
};
