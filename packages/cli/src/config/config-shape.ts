import { documentedScopes } from '@seek-pass-kit/core';
import { locales } from '@seek-pass-kit/flows';
import { z } from 'zod';

/*
 * The message of each rule is its remedy: problems are told as "<path> is missing: <remedy>".
 */

const text = (remedy: string) => z.string(remedy).trim().min(1, remedy);
const httpUrl = (remedy: string) =>
  text(remedy).refine((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), remedy);
const mailbox = (remedy: string) => text(remedy).regex(/^[^\s@<>,"]+@[^\s@<>,"]+$/, remedy);
const port = (remedy: string) => z.int(remedy).min(0, remedy).max(65_535, remedy);
const count = (remedy: string) => z.int(remedy).min(1, remedy);
const section = <Shape extends z.core.$ZodLooseShape>(shape: Shape, remedy: string) =>
  z.strictObject(shape, remedy);

const brand = section(
  {
    name: text('give the institution as its learners know it'),
    colour: z.string('write it like "#0b5fff"').exactOptional(),
    logo: text('give the path of a PNG, JPEG or WebP file of at most 8 kB').exactOptional(),
    helpEmail: mailbox('give one e-mail address, where a learner who is stuck may write').exactOptional(),
  },
  'give at least its name',
);

const embeddedStore = section(
  {
    folder: text('give a folder for the data, such as .seek-pass/store'),
    osUser: text(
      'give an existing user of this machine: only for root, as whom PostgreSQL does not run',
    ).exactOptional(),
    binaries: text('give a folder with initdb and postgres of an installed server').exactOptional(),
    acceptOneMachineWithoutBackup: z.literal(true, 'write true, or leave it out').exactOptional(),
  },
  'give its folder',
);

const postgresStore = section(
  {
    schema: text('give the name of a schema, or leave it out for seek_pass').exactOptional(),
    migrations: z.enum(['apply', 'check'], 'choose apply or check').exactOptional(),
    maxConnections: count('give a whole number from 1').exactOptional(),
  },
  'write {} if nothing is to be set: the address of the database is a secret',
);

const mail = section(
  {
    from: section(
      {
        name: text('give the name that learners see as the sender').exactOptional(),
        address: mailbox('give one e-mail address'),
      },
      'give its address',
    ),
    replyTo: mailbox('give one e-mail address, where answers of learners go').exactOptional(),
    smtp: section(
      {
        host: text('give the name of your mail server'),
        port: port('give a port, such as 587').exactOptional(),
        security: z.enum(['starttls', 'tls', 'none'], 'choose starttls, tls or none').exactOptional(),
        user: text('give the user name at the mail server, or leave it out').exactOptional(),
      },
      'give its host',
    ),
  },
  'give from and smtp',
);

const mailLimits = section(
  {
    perMinute: count('give a whole number from 1, or leave it out for no limit').exactOptional(),
    perDay: count('give a whole number from 1, or leave it out for no limit').exactOptional(),
  },
  'give perMinute, perDay or both',
);

const hour = z.int('give a full hour from 0 to 23');

const reminders = section(
  {
    timeZone: text('write it like Asia/Jakarta'),
    afterDays: z.array(z.int(), 'list whole days, such as [3, 7, 14]').exactOptional(),
    unfinishedAfterHours: z
      .union([z.int(), z.literal(false)], 'give a whole number from 1 to 40, or false')
      .exactOptional(),
    quietHours: section({ from: hour, to: hour }, 'write it like { from: 20, to: 8 }').exactOptional(),
  },
  'give at least its timeZone, or leave it out and nobody is reminded',
);

const quota = section(
  {
    perSecond: z
      .number('give the requests a second that SEEK Pass allows you')
      .positive('give a number above 0'),
  },
  'give perSecond, or leave it out',
);

const daysRemedy = 'give a whole number of days from 30, or false for never';

const days = z.union([z.int().min(30, daysRemedy), z.literal(false)], daysRemedy);

const retention = section(
  {
    deliveryDataDays: days.exactOptional(),
    unclaimedDays: days.exactOptional(),
    awardRecordDays: days.exactOptional(),
  },
  'write settings below it, or leave it out for two years after an award has ended',
);

const keyBackupRemedy = 'give the days for which a backup of the secrets file is kept, from 0';

const erasure = section(
  { keyBackupDays: z.int(keyBackupRemedy).min(0, keyBackupRemedy).exactOptional() },
  'give keyBackupDays, or leave it out for 30',
);

const claimPages = section(
  {
    linkAlone: z
      .enum(
        ['sandbox', 'microcredentials_whoever_has_the_link_can_claim'],
        'leave it out, so that learners prove with a code that the mailbox is theirs',
      )
      .exactOptional(),
    knownFacts: z.array(z.string(), 'list names of facts, such as [student_number]').exactOptional(),
    trustedProxies: z
      .array(z.string(), 'list the networks of your proxies, such as [10.0.0.0/8]')
      .exactOptional(),
  },
  'write settings below it, or leave it out',
);

const documents = section(
  {
    baseUrl: httpUrl(
      'write it like https://credentials.example.edu/documents, or leave it out',
    ).exactOptional(),
    callers: z
      .array(z.string(), 'list the networks that SEEK Pass fetches from, such as [203.0.113.0/24]')
      .exactOptional(),
    maxBytes: count(
      'give the size of your largest file in bytes, or leave it out for 10 MiB',
    ).exactOptional(),
  },
  'write {} if nothing is to be set',
);

const serve = section(
  {
    host: text('give the address to listen on, such as 127.0.0.1').exactOptional(),
    port: port('give a port from 0 to 65535; 0 takes any free one').exactOptional(),
    metricsPort: port('give a port from 0 to 65535; 0 takes any free one').exactOptional(),
    logLevel: z.enum(['info', 'warn', 'error'], 'choose info, warn or error').exactOptional(),
  },
  'write settings below it, or leave it out',
);

const audit = section(
  {
    headsFile: z
      .union(
        [z.string().trim().min(1), z.literal(false)],
        'give the path of a file, or false if your log keeps what serve tells',
      )
      .exactOptional(),
  },
  'write settings below it, or leave it out',
);

const webhooks = section(
  {
    url: httpUrl('write it like https://portal.example.edu/webhooks/seek-pass').exactOptional(),
    keepDays: count('give a whole number of days from 1').exactOptional(),
  },
  'write {} for the usual address, beside the claim pages',
);

const verify = section(
  {
    url: httpUrl('write it like https://portal.example.edu/verify').exactOptional(),
    keepResultDays: count(
      'give a whole number of days from 1, or leave it out and nothing is kept',
    ).exactOptional(),
    giveUpAfterHours: count('give a whole number of hours from 1, or leave it out for 48').exactOptional(),
  },
  'write {} for the usual address, beside the claim pages',
);

const scopesRemedy = 'list the scopes that SEEK Pass granted, such as [write.microcredential]';

/** What `seek-pass.config.yaml` may hold. No secrets: those are in {@link secretsSchema}. */
export const configSchema = section(
  {
    environment: z.enum(['sandbox', 'staging', 'production'], 'choose sandbox, staging or production'),
    baseUrl: httpUrl('give the address of SEEK Pass, without a path').exactOptional(),
    clientId: text('give the client id of this environment, as SEEK Pass handed it over'),
    scopes: z
      .array(z.enum(documentedScopes, `choose from ${documentedScopes.join(', ')}`), scopesRemedy)
      .min(1, scopesRemedy)
      .exactOptional(),
    issuer: text('give a short name, or leave it out for default').exactOptional(),
    claimBaseUrl: httpUrl('write it like https://credentials.example.edu/claim'),
    brand,
    locale: z.enum(locales, `choose one of ${locales.join(', ')}`).exactOptional(),
    store: section(
      { embedded: embeddedStore.exactOptional(), postgres: postgresStore.exactOptional() },
      'choose embedded or postgres',
    ).refine(
      ({ embedded, postgres }) => (embedded === undefined) !== (postgres === undefined),
      'choose one of embedded and postgres',
    ),
    quota: quota.exactOptional(),
    mail: mail.exactOptional(),
    mailLimits: mailLimits.exactOptional(),
    reminders: reminders.exactOptional(),
    retention: retention.exactOptional(),
    erasure: erasure.exactOptional(),
    audit: audit.exactOptional(),
    verify: verify.exactOptional(),
    webhooks: webhooks.exactOptional(),
    claimPages: claimPages.exactOptional(),
    documents: documents.exactOptional(),
    serve: serve.exactOptional(),
  },
  'write settings as in the documentation of seek-pass init',
);

/** The settings of an issuer, as a person wrote them. */
export type Config = z.output<typeof configSchema>;

const secret = (remedy: string) => text(remedy).exactOptional();

/** What `seek-pass.secrets.json` may hold; each may come from the environment instead. */
export const secretsSchema = section(
  {
    clientSecret: z
      .union(
        [z.string(), z.tuple([z.string(), z.string()])],
        'give one, or a list of the newest and the one before',
      )
      .exactOptional(),
    claimKey: z
      .union([z.string(), z.array(z.string()).min(1)], 'give one, or a list with the newest first')
      .exactOptional(),
    namespace: secret('restore it from its backup'),
    keyRing: z.record(z.string(), z.unknown(), 'restore it from its backup').exactOptional(),
    databaseUrl: secret('write it like postgres://user:password@host/database'),
    smtpPassword: secret('give the password of mail.smtp.user'),
  },
  'restore it from its backup',
);

/** The secrets of an issuer. */
export type Secrets = z.output<typeof secretsSchema>;
