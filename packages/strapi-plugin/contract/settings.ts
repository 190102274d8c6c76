/** Where the plugin talks to. `sandbox` is SEEK Pass on your own machine. */
export type SeekPassEnvironment = 'sandbox' | 'staging' | 'production';

/** What staff set on the page "SEEK Pass → Connection", by the name of the setting in `config/plugins`. The client secret is not among it. */
export interface SettingValues {
  readonly environment: SeekPassEnvironment;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly claimBaseUrl: string;
  readonly 'brand.name': string;
  readonly 'brand.colour': string;
  /** `data:image/png;base64,…` */
  readonly 'brand.logo': string;
  readonly 'brand.helpEmail': string;
  readonly defaultLocale: string;
  readonly 'sender.name': string;
  readonly 'sender.address': string;
  readonly 'sender.replyTo': string;
  /** Absent: nobody is reminded. */
  readonly 'reminders.timeZone': string;
  readonly 'reminders.afterDays': readonly number[];
  /** `false`: nobody is asked to finish. */
  readonly 'reminders.unfinishedAfterHours': number | false;
  readonly 'reminders.quietHours': { readonly from: number; readonly to: number };
  readonly 'mailLimits.perMinute': number;
  readonly 'mailLimits.perDay': number;
}

export type SettingName = keyof SettingValues;

export const settingNames = [
  'environment',
  'baseUrl',
  'clientId',
  'scopes',
  'claimBaseUrl',
  'brand.name',
  'brand.colour',
  'brand.logo',
  'brand.helpEmail',
  'defaultLocale',
  'sender.name',
  'sender.address',
  'sender.replyTo',
  'reminders.timeZone',
  'reminders.afterDays',
  'reminders.unfinishedAfterHours',
  'reminders.quietHours',
  'mailLimits.perMinute',
  'mailLimits.perDay',
] as const satisfies readonly SettingName[];

/** Where a value comes from. What comes from the code or the environment of the site wins, and is not changed on the page. */
export type SettingSource = 'environment' | 'saved' | 'default';

/** Where the client secret is. It is never told. */
export type SecretStanding = 'saved' | 'from_environment' | 'missing';
