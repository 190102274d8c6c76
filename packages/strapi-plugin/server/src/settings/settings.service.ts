import type { Core } from '@strapi/types';
import { pluginConfigOf } from '../plugin-config.ts';
import { configuredValues } from './configured-values.ts';
import { defaultValues } from './default-values.ts';
import { readSavedSettings } from './saved-settings.ts';
import type { SettingsService } from './settings-service.ts';
import { mergedSettings } from './site-settings.ts';

/** Makes the service that knows what the site is set up with. */
export function settingsService({ strapi }: { readonly strapi: Core.Strapi }): SettingsService {
  return {
    async read() {
      const config = pluginConfigOf(strapi);
      const configured = configuredValues(config, strapi.dirs.app.root);
      return mergedSettings(config, configured, await readSavedSettings(strapi), (values) =>
        defaultValues(strapi, values),
      );
    },
  };
}
