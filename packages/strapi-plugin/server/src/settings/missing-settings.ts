import type { SettingName } from '../../../contract/settings.ts';
import type { SiteSettings } from './site-settings.ts';

const needed = [
  ['environment', 'choose sandbox, staging or production'],
  ['clientId', 'SEEK Pass gave it to you'],
  ['scopes', 'choose those that SEEK Pass granted to you'],
  ['claimBaseUrl', 'it is where learners claim, such as https://credentials.example.edu/claim'],
  ['brand.name', 'it is what learners know the institution by'],
] as const satisfies ReadonlyArray<readonly [SettingName, string]>;

/** What has to be given before the plugin can connect: a sentence, or `undefined` when everything is there. */
export function whatIsMissing({
  values,
  clientSecret,
}: Pick<SiteSettings, 'values' | 'clientSecret'>): string | undefined {
  if (values.environment === undefined && values.clientId === undefined && clientSecret === undefined) {
    return 'The plugin is not connected to SEEK Pass yet: open Settings, SEEK Pass, Connection, and fill in what SEEK Pass gave you.';
  }
  const missing = needed
    .filter(([name]) => values[name] === undefined)
    .map(([name, remedy]) => `${name} is missing: ${remedy}.`);
  if (clientSecret === undefined) {
    missing.push(
      'clientSecret is missing, or this site cannot decrypt it any more: type it on the settings page.',
    );
  }
  return missing.length === 0 ? undefined : missing.join('\n');
}
