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

/** Where the keys of the site are: what protects stored names, and makes claim links and submission ids. */
export type KeyPlace =
  | { readonly in: 'environment' }
  /** A path from the folder of the application, if it is in there. */
  | { readonly in: 'file'; readonly file: string };

/** What staff may choose from. */
export interface SettingChoices {
  readonly scopes: readonly string[];
  readonly locales: readonly string[];
}

/** `GET /seek-pass/settings`, and what saving them answers. No secret is in it. */
export interface SettingsAnswer {
  /** Send it back with a change: somebody else may save meanwhile. */
  readonly revision: number;
  readonly values: Partial<SettingValues>;
  readonly sources: Partial<Record<SettingName, SettingSource>>;
  readonly secret: SecretStanding;
  /** Whether the site has a key to encrypt a secret with. Without it none is saved. */
  readonly canSaveSecret: boolean;
  readonly keys: KeyPlace;
  /** Whether this instance sends mails and asks SEEK Pass what became of credentials. */
  readonly works: boolean;
  readonly choices: SettingChoices;
  readonly state: ConnectionState;
  /** Absent while the plugin is not connected. */
  readonly issuing?: IssuingState;
}

/** `PUT /seek-pass/settings` */
export interface SettingsChange {
  readonly revision: number;
  /** All that is to be saved: what is left out is saved no longer. */
  readonly values: Partial<SettingValues>;
  /** Absent: the saved one stays. */
  readonly clientSecret?: string;
}

/** `GET /seek-pass/state`, for everybody who has any permission of the plugin. */
export interface ConnectionState {
  readonly connected: boolean;
  readonly environment: SeekPassEnvironment | null;
  /** What to do; `null` while it is connected. */
  readonly problem: string | null;
  /** Whether staff have stopped issuing, all of it or some credential types. */
  readonly stopped: boolean;
}

/** The kill switch. */
export interface IssuingState {
  readonly stops: readonly IssuingStop[];
  /** The last turns of the switch, newest first. */
  readonly record: readonly (IssuingStop & { readonly stopped: boolean })[];
}

/** A turn of the switch. */
export interface IssuingStop {
  /** `null`: all of them. */
  readonly credentialType: string | null;
  readonly at: number;
  /** The name of a member of staff. */
  readonly who: string;
  readonly reason: string;
}

/** Of `POST /seek-pass/issuing/stop`, which stops all issuing. */
export const stopReasons = [
  'wrong_data',
  'wrong_recipients',
  'security_incident',
  'maintenance',
  'other',
] as const;
/** Of `POST /seek-pass/issuing/resume`. */
export const resumeReasons = ['resolved', 'false_alarm', 'other'] as const;

/** How a part of the setup was found. `not_checked`: it could not be looked at from here. */
export type CheckResult = 'ok' | 'warning' | 'problem' | 'not_checked';

/** What was found, in a sentence, and what to do. */
export interface Finding {
  readonly area: 'seek_pass' | 'clock' | 'claim_pages' | 'mail' | 'keys' | 'work';
  readonly result: CheckResult;
  readonly found: string;
  readonly remedy?: string;
}

/** `POST /seek-pass/settings/test` */
export interface TestAnswer {
  readonly findings: readonly Finding[];
}
