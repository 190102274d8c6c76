import type { SiteSettings } from './site-settings.ts';

/** The settings of the connection, from wherever they come. */
export interface SettingsService {
  /** Those of now. */
  read(): Promise<SiteSettings>;
}
