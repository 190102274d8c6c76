import type { Sandbox } from '@seek-pass-kit/sandbox';
import type { SettingsAnswer, SettingsChange, SettingValues } from '../../contract/settings.ts';
import type { Core } from '@strapi/types';
import type { ConnectionService } from '../../server/src/connection/connection-service.ts';
import type { StaffAnswer } from '../site/staff-member.ts';
import { type Site, type SiteOptions, startSite } from '../site/start-site.ts';

/** A site in which nobody has configured anything yet: its code names no more than where the key file is. */
export function startNewSite(keyFile: string, options: SiteOptions = {}): Promise<Site> {
  const nothing = Object.fromEntries(
    [
      'environment',
      'baseUrl',
      'clientId',
      'clientSecret',
      'keys',
      'namespace',
      'claimKey',
      'claimBaseUrl',
      'brand',
      'mappings',
    ].map((name) => [name, undefined]),
  );
  return startSite({ ...options, config: { ...nothing, keyFile, ...options.config } });
}

/** What staff fill in to connect to the sandbox. */
export function sandboxValues({ baseUrl, clientId }: Sandbox): Partial<SettingValues> {
  return {
    environment: 'sandbox',
    baseUrl,
    clientId,
    scopes: ['write.microcredential', 'write.education'],
    claimBaseUrl: 'http://127.0.0.1/claim',
    'brand.name': 'Wattle Bay Training',
  };
}

/** What Strapi answers when it does not do something. */
export interface Refusal {
  readonly error: {
    readonly message: string;
    readonly details: {
      readonly errors?: readonly { readonly path: readonly string[]; readonly message: string }[];
    };
  };
}

/** Saves these settings over those of now. */
export async function save(
  { admin }: Pick<Site, 'admin'>,
  change: Partial<SettingsChange>,
): Promise<StaffAnswer<SettingsAnswer & Refusal>> {
  const { body } = await admin.ask<SettingsAnswer>('GET', '/seek-pass/settings');
  return admin.ask('PUT', '/seek-pass/settings', { revision: body.revision, values: {}, ...change });
}

/** The connection of a running site: the test asks the built plugin, not the sources. */
export function connectionOf(strapi: Core.Strapi) {
  return strapi.plugin('seek-pass').service<ConnectionService>('connection');
}
