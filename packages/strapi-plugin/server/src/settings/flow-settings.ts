import type { SeekPassOptions } from '@seek-pass-kit/core';
import type { AddFlowOptions, Brand } from '@seek-pass-kit/flows';
import type { SettingValues } from '../../../contract/settings.ts';
import type { ClientSecret } from './site-settings.ts';

/** What the client is made with. What is missing is left to it to say. */
export function clientOptions(
  { environment, baseUrl, clientId, scopes }: Partial<SettingValues>,
  clientSecret: ClientSecret | undefined,
): SeekPassOptions {
  return {
    environment,
    clientId,
    clientSecret,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(scopes === undefined ? {} : { scopes }),
  } as SeekPassOptions;
}

/** What the add flow is told of these settings. */
export function flowSettings(
  values: Partial<SettingValues>,
): Pick<AddFlowOptions, 'claimBaseUrl' | 'brand'> &
  Partial<Pick<AddFlowOptions, 'defaultLocale' | 'reminders' | 'mailLimits'>> {
  const { claimBaseUrl = '', defaultLocale } = values;
  const { name = '', ...brand } = below('brand', values) as Partial<Brand>;
  const logo = values['brand.logo'];
  const { timeZone, ...reminders } = below('reminders', values) as Partial<
    NonNullable<AddFlowOptions['reminders']>
  >;
  const mailLimits = below('mailLimits', values);
  return {
    claimBaseUrl,
    brand: { ...brand, name, ...(logo === undefined ? {} : { logo: logoOf(logo) }) },
    ...(defaultLocale === undefined ? {} : { defaultLocale }),
    ...(timeZone === undefined ? {} : { reminders: { ...reminders, timeZone } }),
    ...(Object.keys(mailLimits).length === 0 ? {} : { mailLimits }),
  };
}

/** The settings of a section, without its name. */
function below(section: string, values: Partial<SettingValues>): Readonly<Record<string, unknown>> {
  const start = `${section}.`;
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => name.startsWith(start))
      .map(([name, value]) => [name.slice(start.length), value]),
  );
}

/** The flow says what is wrong with a picture. */
function logoOf(url: string): NonNullable<Brand['logo']> {
  const [, type = '', text = ''] = /^data:([a-z/]+);base64,([A-Za-z0-9+/=]*)$/.exec(url) ?? [];
  return { type: type as NonNullable<Brand['logo']>['type'], bytes: Buffer.from(text, 'base64') };
}
