import { type ConfigurationError, SeekPassError } from '@seek-pass-kit/core';
import type { Core } from '@strapi/types';
import type { SettingsChange } from '../../../contract/settings.ts';
import { pluginConfigOf } from '../plugin-config.ts';
import { serviceOf } from '../plugin-services.ts';
import { configuredValues } from './configured-values.ts';
import { defaultValues } from './default-values.ts';
import { whatIsMissing } from './missing-settings.ts';
import { refusedSettings } from './refused-settings.ts';
import { readSavedSettings, saveSettings } from './saved-settings.ts';
import { secretToType, strayAddress } from './secret-destination.ts';
import { nameExactly, settingProblems } from './setting-problems.ts';
import type { SettingsService } from './settings-service.ts';
import { mergedSettings, type SavedSettings, type SiteSettings } from './site-settings.ts';

/** Makes the service that knows what the site is set up with. */
export function settingsService({ strapi }: { readonly strapi: Core.Strapi }): SettingsService {
  const withSaved = (saved: SavedSettings): SiteSettings => {
    const config = pluginConfigOf(strapi);
    const configured = configuredValues(config, strapi.dirs.app.root);
    return mergedSettings(config, configured, saved, (values) => defaultValues(strapi, values));
  };

  return {
    read: async () => withSaved(await readSavedSettings(strapi)),
    async save(change, who) {
      const saved = await readSavedSettings(strapi);
      const before = withSaved(saved);
      refuseConfigured(before, change);
      const { values, clientSecret = saved.clientSecret } = change;
      const after = withSaved({
        revision: saved.revision,
        values,
        ...(clientSecret === undefined ? {} : { clientSecret }),
      });
      const problems = [
        strayAddress(after),
        secretToType(before, after, change),
        ...(await settingProblems(after)),
      ].filter((problem) => problem !== undefined);
      if (problems.length > 0) throw refusedSettings(problems);
      if (whatIsMissing(after) === undefined) await refuseOtherClient(strapi, after);
      await saveSettings(strapi, change);
      await serviceOf(strapi, 'connection').reopen();
      await recordChange(strapi, who);
    },
  };
}

/** What code or environment say is not changed here: it would have no effect. */
function refuseConfigured({ sources, secret }: SiteSettings, change: SettingsChange): void {
  const names = Object.keys(change.values).filter(
    (name) => sources[name as keyof typeof sources] === 'environment',
  );
  if (change.clientSecret !== undefined && secret === 'from_environment') names.push('clientSecret');
  if (names.length === 0) return;
  throw refusedSettings(
    names.map((setting) => ({
      setting,
      message: `${setting} is set in the code or the environment of this site: change it there.`,
    })),
  );
}

/** Stored credentials belong to the client and the keys they were made with: the flow says when these are others. */
async function refuseOtherClient(strapi: Core.Strapi, settings: SiteSettings): Promise<void> {
  try {
    await serviceOf(strapi, 'connection').check(settings);
  } catch (error) {
    if (!SeekPassError.is(error) || error.code !== 'invalid_configuration') throw error;
    const { problems } = error as ConfigurationError;
    throw refusedSettings(
      problems.map(nameExactly).map(({ setting = 'clientId', message }) => ({
        setting,
        message: `${message} Nothing was saved, and the connection of before goes on.`,
      })),
    );
  }
}

/** Which settings they are is not told: values would be. */
async function recordChange(strapi: Core.Strapi, who: string): Promise<void> {
  const connection = serviceOf(strapi, 'connection').current();
  if (connection === undefined) return;
  const { issuer, store } = connection;
  const line = { issuer, at: Date.now(), who, what: 'settings_changed', about: null, why: null };
  await store.transaction((tx) => tx.appendAudit([line]));
}
