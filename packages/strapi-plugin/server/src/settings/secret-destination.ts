import type { SettingProblem } from '@seek-pass-kit/core';
import type { SettingsChange } from '../../../contract/settings.ts';
import type { SiteSettings } from './site-settings.ts';

const destination = ['environment', 'baseUrl', 'clientId'] as const;

/**
 * Whoever may change settings must not be able to have a secret that they do not know sent to an address of theirs: a secret of the environment
 * goes to an address of the environment, or to one that the environment implies.
 */
export function strayAddress({ secret, sources }: SiteSettings): SettingProblem | undefined {
  if (secret !== 'from_environment' || sources.baseUrl !== 'saved') return undefined;
  return {
    setting: 'baseUrl',
    message:
      'The client secret comes from the environment of this site, so the address that it is sent to must come from there, too: set SEEK_PASS_BASE_URL.',
  };
}

/** And a saved secret goes only where it was meant for when it was typed. */
export function secretToType(
  before: SiteSettings,
  { values }: SiteSettings,
  { clientSecret }: SettingsChange,
): SettingProblem | undefined {
  const moved = destination.some((name) => before.values[name] !== values[name]);
  if (before.secret !== 'saved' || clientSecret !== undefined || !moved) return undefined;
  return {
    setting: 'clientSecret',
    message:
      'Type the client secret, too: environment, address or client id has changed, and the saved secret goes only where it was meant for.',
  };
}
