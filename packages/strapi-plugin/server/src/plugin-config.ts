import type { ClaimHandlerOptions } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { z } from 'zod';
import { pluginId } from '../../contract/plugin-id.ts';
import { mappingSchema } from './mapping/mapping-schema.ts';
import { wrongSettings } from './wrong-settings.ts';

/*
 * The message of each rule is its remedy: problems are told as "<path> is missing: <remedy>". What a value must look like is said by the
 * flows and the client, which `connection/setting-problems.ts` asks.
 */

const text = (remedy: string) => z.string(remedy).trim().min(1, remedy);

const brand = z.strictObject(
  {
    name: text('give the institution as its learners know it').exactOptional(),
    colour: text('write it like "#0b5fff"').exactOptional(),
    logo: text('give the path of a PNG, JPEG or WebP file of at most 8 kB').exactOptional(),
    helpEmail: text('give one e-mail address, where a learner who is stuck may write').exactOptional(),
  },
  'write settings below it, or leave it out',
);

const sender = z.strictObject(
  {
    name: text('give the name that learners see as the sender').exactOptional(),
    address: text('give one e-mail address').exactOptional(),
    replyTo: text('give one e-mail address, where answers of learners go').exactOptional(),
  },
  'write settings below it, or leave it out',
);

const hour = z.int('give a full hour from 0 to 23');

const reminders = z.strictObject(
  {
    timeZone: text('write it like Asia/Jakarta'),
    afterDays: z.array(z.int(), 'list whole days, such as [3, 7, 14]').exactOptional(),
    unfinishedAfterHours: z
      .union([z.int(), z.literal(false)], 'give a whole number from 1 to 40, or false')
      .exactOptional(),
    quietHours: z.strictObject({ from: hour, to: hour }, 'write it like { from: 20, to: 8 }').exactOptional(),
  },
  'give at least its timeZone, or leave it out and nobody is reminded',
);

const days = z.union([z.int(), z.literal(false)], 'give a whole number of days from 30, or false for never');

const retention = z.strictObject(
  {
    deliveryDataDays: days.exactOptional(),
    unclaimedDays: days.exactOptional(),
    awardRecordDays: days.exactOptional(),
  },
  'write settings below it, or leave it out',
);

const erasure = z.strictObject(
  {
    keyBackupDays: z.int('give the days for which a backup of the key file is kept').exactOptional(),
  },
  'write settings below it, or leave it out',
);

const count = z.int('give a whole number from 1, or leave it out for no limit');

const mailLimits = z.strictObject(
  { perMinute: count.exactOptional(), perDay: count.exactOptional() },
  'give perMinute, perDay or both',
);

const quota = z.strictObject(
  { perSecond: z.number('give the requests a second that SEEK Pass allows you') },
  'give perSecond, or leave it out',
);

const list = (remedy: string) =>
  z.union([z.array(z.string()), z.string().transform((names) => listIn(names))], remedy);

const onOrOff = z.union(
  [z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')],
  'write true or false',
);

const claimPages = z.strictObject(
  {
    trustedProxies: list('list their addresses or networks like ["10.0.0.0/8"]').exactOptional(),
    knownFacts: list('list their names like ["student_number"]').exactOptional(),
    guardian: z
      .custom<NonNullable<ClaimHandlerOptions['guardian']>>(
        (value) => typeof value === 'function',
        'give a function',
      )
      .exactOptional(),
  },
  'write settings below it, or leave it out',
);

/** Each member is the setting of one part of the plugin: a part that has settings in code adds its schema here. */
const pluginConfig = z.strictObject({
  environment: z
    .enum(['sandbox', 'staging', 'production'], 'choose sandbox, staging or production')
    .exactOptional(),
  baseUrl: text('write it like https://host.example').exactOptional(),
  clientId: text('set it to the client id that SEEK Pass gave you').exactOptional(),
  clientSecret: z
    .union(
      [z.string(), z.tuple([z.string(), z.string()])],
      'give one, or a list of the newest and the one before',
    )
    .exactOptional(),
  scopes: list('list them like ["write.microcredential"]').exactOptional(),
  claimBaseUrl: text('write it like https://credentials.example.edu/claim').exactOptional(),
  brand: brand.exactOptional(),
  defaultLocale: text('write it like en').exactOptional(),
  sender: sender.exactOptional(),
  reminders: reminders.exactOptional(),
  mailLimits: mailLimits.exactOptional(),
  /** Requests a second that all instances of the site together may send to SEEK Pass. */
  quota: quota.exactOptional(),
  /** Where the keys are kept, from the folder of the application. */
  keyFile: text('give the path of a file, such as .seek-pass/keys.json').exactOptional(),
  /** The text of a key ring; with `claimKey` and `namespace` in the place of the key file. */
  keys: text('give the text of a key ring').exactOptional(),
  claimKey: list('give one, or a list with the newest first').exactOptional(),
  namespace: text('restore it from its backup').exactOptional(),
  /** Mappings that are kept in git: shown on the settings page, and not to be changed there. */
  mappings: z.array(mappingSchema, 'list mappings').max(200, 'keep at most 200').exactOptional(),
  /** How learners are proved, and which proxies stand in front of the site. */
  claimPages: claimPages.exactOptional(),
  /** What is purged without anybody asking, and after how many days. */
  retention: retention.exactOptional(),
  /** How backups of the keys are kept. */
  erasure: erasure.exactOptional(),
  /** Whether this instance of the site sends mails and asks SEEK Pass what became of credentials. */
  work: onOrOff.exactOptional(),
});

/** Settings of the plugin in `config/plugins` of the site, or in its environment. They win over those of the settings page. */
export type PluginConfig = z.output<typeof pluginConfig>;

/** Reads a variable of the environment, as Strapi hands it to `config.default`. */
type ReadVariable = (name: string) => string | undefined;

/** What the settings are called in the environment, as the command line of the kit calls them. */
const variables = {
  environment: 'SEEK_PASS_ENVIRONMENT',
  baseUrl: 'SEEK_PASS_BASE_URL',
  clientId: 'SEEK_PASS_CLIENT_ID',
  clientSecret: 'SEEK_PASS_CLIENT_SECRET',
  scopes: 'SEEK_PASS_SCOPES',
  claimBaseUrl: 'SEEK_PASS_CLAIM_BASE_URL',
  keyFile: 'SEEK_PASS_KEY_FILE',
  keys: 'SEEK_PASS_KEY_RING',
  claimKey: 'SEEK_PASS_CLAIM_KEY',
  namespace: 'SEEK_PASS_NAMESPACE',
  work: 'SEEK_PASS_WORK',
} as const satisfies Partial<Record<keyof PluginConfig, string>>;

/**
 * The settings that are in the environment, for `config.default`: what `config/plugins` says wins. As texts: Strapi would mix the members of
 * a list of ours with those of theirs.
 */
export function environmentConfig({ env }: { readonly env: ReadVariable }): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([setting, variable]) => {
      const value = env(variable)?.trim() ?? '';
      return value === '' ? [] : [[setting, value]];
    }),
  );
}

/**
 * Reads what `config/plugins` and the environment say. Says nothing of what is missing: it may be given on the settings page.
 *
 * @throws {ConfigurationError} `invalid_configuration`, with a sentence for each setting that is wrong.
 */
export function readPluginConfig(given: unknown): PluginConfig {
  const present = withoutAbsent(given ?? {});
  const read = pluginConfig.safeParse(present);
  if (read.success) return read.data;
  throw wrongSettings(pluginConfig, present, read.error);
}

/** The settings of the plugin in the code and the environment of this site. They were checked when it started. */
export function pluginConfigOf(strapi: Core.Strapi): PluginConfig {
  return readPluginConfig(strapi.config.get(`plugin::${pluginId}`));
}

/** `undefined` is as good as left out: a variable that is not set is `undefined` in `config/plugins`. */
function withoutAbsent(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutAbsent(member)]));
}

/** A list with spaces or commas between its members. */
function listIn(names: string): string[] {
  return names.split(/[\s,]+/).filter((name) => name !== '');
}
