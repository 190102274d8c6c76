import type {
  SecretStanding,
  SettingName,
  SettingSource,
  SettingValues,
} from '../../../contract/settings.ts';
import type { PluginConfig } from '../plugin-config.ts';

/** A client secret; two while it is being rotated, the newest first. */
export type ClientSecret = string | readonly [newest: string, previous: string];

/** What this site is set up with: what its code and environment say, then what staff saved, then defaults. */
export interface SiteSettings {
  readonly values: Partial<SettingValues>;
  readonly sources: Partial<Record<SettingName, SettingSource>>;
  /** Never goes to a browser, a log or a message. */
  readonly clientSecret?: ClientSecret;
  readonly secret: SecretStanding;
  /** Rises with each change that staff save. */
  readonly revision: number;
  /** What only code and environment can say. */
  readonly config: PluginConfig;
}

/** What was saved on the settings page, read. */
export interface SavedSettings {
  readonly revision: number;
  readonly values: Partial<SettingValues>;
  readonly clientSecret?: string;
}

/** Puts the sources together: the first that has a value wins, each setting by itself. */
export function mergedSettings(
  config: PluginConfig,
  configured: Partial<SettingValues>,
  saved: SavedSettings,
  defaults: (values: Partial<SettingValues>) => Partial<SettingValues>,
): SiteSettings {
  const set = { ...saved.values, ...configured };
  const values = { ...defaults(set), ...set };
  const sourceOf = (name: string): SettingSource =>
    name in configured ? 'environment' : name in saved.values ? 'saved' : 'default';
  const sources = Object.fromEntries(Object.keys(values).map((name) => [name, sourceOf(name)]));
  const clientSecret = config.clientSecret ?? saved.clientSecret;
  return {
    values,
    sources,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    secret:
      config.clientSecret !== undefined
        ? 'from_environment'
        : saved.clientSecret !== undefined
          ? 'saved'
          : 'missing',
    revision: saved.revision,
    config,
  };
}
