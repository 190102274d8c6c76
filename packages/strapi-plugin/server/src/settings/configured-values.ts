import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { ConfigurationError } from '@seek-pass-kit/core';
import type { SettingName, SettingValues } from '../../../contract/settings.ts';
import type { PluginConfig } from '../plugin-config.ts';

/**
 * The settings of the page that code or environment give, by their names there.
 *
 * @param appFolder where the path of a logo starts.
 * @throws {ConfigurationError} `invalid_configuration` when the logo cannot be read.
 */
export function configuredValues(config: PluginConfig, appFolder: string): Partial<SettingValues> {
  const { environment, baseUrl, clientId, scopes, claimBaseUrl, defaultLocale } = config;
  const { brand = {}, sender = {}, reminders, mailLimits = {} } = config;
  const all: { readonly [Name in SettingName]: SettingValues[Name] | undefined } = {
    environment,
    baseUrl,
    clientId,
    scopes,
    claimBaseUrl,
    'brand.name': brand.name,
    'brand.colour': brand.colour,
    'brand.logo': brand.logo === undefined ? undefined : readLogo(brand.logo, appFolder),
    'brand.helpEmail': brand.helpEmail,
    defaultLocale,
    'sender.name': sender.name,
    'sender.address': sender.address,
    'sender.replyTo': sender.replyTo,
    'reminders.timeZone': reminders?.timeZone,
    'reminders.afterDays': reminders?.afterDays,
    'reminders.unfinishedAfterHours': reminders?.unfinishedAfterHours,
    'reminders.quietHours': reminders?.quietHours,
    'mailLimits.perMinute': mailLimits.perMinute,
    'mailLimits.perDay': mailLimits.perDay,
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as Partial<SettingValues>;
}

const logoTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
};

function readLogo(path: string, appFolder: string): string {
  const type = logoTypes[extname(path).toLowerCase()];
  if (type === undefined) {
    throw wrongLogo('brand.logo is no picture that can be shown: use a .png, .jpg or .webp file.');
  }
  try {
    return `data:${type};base64,${readFileSync(resolve(appFolder, path)).toString('base64')}`;
  } catch {
    throw wrongLogo(
      'brand.logo cannot be read: correct the path, which starts in the folder of the application.',
    );
  }
}

function wrongLogo(message: string): ConfigurationError {
  return new ConfigurationError([{ setting: 'brand.logo', message }]);
}
