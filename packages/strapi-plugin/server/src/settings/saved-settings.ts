import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import { pluginId } from '../../../contract/plugin-id.ts';
import type { SettingsChange, SettingValues } from '../../../contract/settings.ts';
import { refusedSetting } from './refused-settings.ts';
import type { SavedSettings } from './site-settings.ts';

/** The row of Strapi's own table of settings. The secret is in it only as Strapi encrypts it. */
interface Row {
  readonly revision: number;
  readonly values: Partial<SettingValues>;
  readonly encryptedSecret?: string;
}

const noSettings: Row = { revision: 0, values: {} };

/** Reads what was saved. A secret that cannot be decrypted any more is as good as none. */
export async function readSavedSettings(strapi: Core.Strapi): Promise<SavedSettings> {
  const { revision, values, encryptedSecret } = await readRow(strapi);
  const clientSecret = encryptedSecret === undefined ? undefined : decrypt(strapi, encryptedSecret);
  return { revision, values, ...(clientSecret === undefined ? {} : { clientSecret }) };
}

/** By which number every instance of the site sees that another one has saved something. */
export async function savedRevision(strapi: Core.Strapi): Promise<number> {
  return (await readRow(strapi)).revision;
}

/**
 * Saves settings.
 *
 * @throws {ValidationError} when somebody else has saved since they were read, or a secret cannot be encrypted (security rule 24).
 */
export async function saveSettings(
  strapi: Core.Strapi,
  { revision, values, clientSecret }: SettingsChange,
): Promise<void> {
  const before = await readRow(strapi);
  if (before.revision !== revision) {
    throw new errors.ValidationError(
      'Somebody else saved the settings meanwhile: load the page again, and then make your changes.',
    );
  }
  const encryptedSecret = clientSecret === undefined ? before.encryptedSecret : encrypt(strapi, clientSecret);
  const row: Row = {
    revision: revision + 1,
    values,
    ...(encryptedSecret === undefined ? {} : { encryptedSecret }),
  };
  await settingsStore(strapi).set({ value: row });
}

/** @throws {ValidationError} when the site has no key to encrypt with. */
function encrypt(strapi: Core.Strapi, secret: string): string {
  const encrypted: string | null = hasEncryptionKey(strapi)
    ? strapi.service('admin::encryption').encrypt(secret)
    : null;
  if (encrypted !== null) return encrypted;
  throw refusedSetting(
    'clientSecret',
    'The client secret was not saved: this site has no key to encrypt it with. Set admin.secrets.encryptionKey in config/admin and start Strapi again, or give the secret as SEEK_PASS_CLIENT_SECRET.',
  );
}

/** Whether the site can encrypt secrets. */
export function hasEncryptionKey(strapi: Pick<Core.Strapi, 'config'>): boolean {
  const key: unknown = strapi.config.get('admin.secrets.encryptionKey');
  return typeof key === 'string' && key !== '';
}

function decrypt(strapi: Core.Strapi, encrypted: string): string | undefined {
  if (!hasEncryptionKey(strapi)) return undefined;
  const secret: string | null = strapi.service('admin::encryption').decrypt(encrypted);
  return secret ?? undefined;
}

async function readRow(strapi: Core.Strapi): Promise<Row> {
  return ((await settingsStore(strapi).get({})) as Row | null) ?? noSettings;
}

function settingsStore(strapi: Core.Strapi) {
  return strapi.store({ type: 'plugin', name: pluginId, key: 'connection' });
}
