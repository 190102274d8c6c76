import { documentedScopes } from '@seek-pass-kit/core';
import type { Core } from '@strapi/types';
import type { SettingValues } from '../../../contract/settings.ts';

/** Where the claim pages are in a site that says nothing else. Not below `/seek-pass`, where the administration asks. */
const claimPath = '/claim';

/** What goes without saying. The claim pages are on the public address of the site (`url` in `config/server`), if it has one. */
export function defaultValues(
  strapi: Pick<Core.Strapi, 'config'>,
  { environment }: Partial<SettingValues>,
): Partial<SettingValues> {
  const sandbox = environment === 'sandbox';
  const url = strapi.config.get<string>(sandbox ? 'server.absoluteUrl' : 'server.url', '');
  return {
    ...(/^https?:\/\//.test(url) ? { claimBaseUrl: url.replace(/\/+$/, '') + claimPath } : {}),
    ...(sandbox ? { scopes: documentedScopes } : {}),
    defaultLocale: 'en',
  };
}
