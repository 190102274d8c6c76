import type { SettingsChange } from '../../../contract/settings.ts';
import type { SiteSettings } from './site-settings.ts';

/** The settings of the connection, from wherever they come. */
export interface SettingsService {
  /** Those of now. */
  read(): Promise<SiteSettings>;
  /**
   * Saves what staff changed, and connects anew. What does not fit together with what is stored is not saved, and the connection stays.
   *
   * @param who `strapi:<id of the administrator>`, for the audit trail.
   * @throws {ValidationError} with a sentence for each setting that is not taken.
   */
  save(change: SettingsChange, who: string): Promise<void>;
}
