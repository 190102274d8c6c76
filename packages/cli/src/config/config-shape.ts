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
    colour: z.string('write it like "#0b5fff"').optional(),
    logo: text('give the path of a PNG, JPEG or WebP file of at most 8 kB').optional(),
    helpEmail: mailbox('give one e-mail address, where a learner who is stuck may write').optional(),
  },
  'give at least its name',
);

const embeddedStore = section(
  {
    folder: text('give a folder for the data, such as .seek-pass/store'),
    osUser: text(
      'give an existing user of this machine: only for root, as whom PostgreSQL does not run',
    ).optional(),
    binaries: text('give a folder with initdb and postgres of an installed server').optional(),
    acceptOneMachineWithoutBackup: z.literal(true, 'write true, or leave it out').optional(),
  },
  'give its folder',
);

const postgresStore = section(
  {
    schema: text('give the name of a schema, or leave it out for seek_pass').optional(),
    migrations: z.enum(['apply', 'check'], 'choose apply or check').optional(),
    maxConnections: count('give a whole number from 1').optional(),
  },
  'write {} if nothing is to be set: the address of the database is a secret',
);

const mail = section(
  {
    from: section(
      {
        name: text('give the name that learners see as the sender').optional(),
        address: mailbox('give one e-mail address'),
      },
      'give its address',
    ),
    smtp: section(
      {
        host: text('give the name of your mail server'),
        port: port('give a port, such as 587').optional(),
        security: z.enum(['starttls', 'tls', 'none'], 'choose starttls, tls or none').optional(),
        user: text('give the user name at the mail server, or leave it out').optional(),
      },
      'give its host',
    ),
    perMinute: count('give a whole number from 1').optional(),
    perDay: count('give a whole number from 1').optional(),
  },
  'give from and smtp',
);

const serve = section(
  {
    host: text('give the address to listen on, such as 127.0.0.1').optional(),
    port: port('give a port from 0 to 65535; 0 takes any free one').optional(),
    metricsPort: port('give a port from 0 to 65535; 0 takes any free one').optional(),
    trustedProxies: z.array(z.string(), 'list the addresses of your proxies, such as 10.0.0.0/8').optional(),
  },
  'write settings below it, or leave it out',
);

const scopesRemedy = 'list the scopes that SEEK Pass granted, such as [write.microcredential]';

/** What `seek-pass.config.yaml` may hold. No secrets: those are in {@link secretsSchema}. */
export const configSchema = section(
  {
    environment: z.enum(['sandbox', 'staging', 'production'], 'choose sandbox, staging or production'),
    baseUrl: httpUrl('give the address of SEEK Pass, without a path').optional(),
    clientId: text('give the client id of this environment, as SEEK Pass handed it over'),
    scopes: z
      .array(z.enum(documentedScopes, `choose from ${documentedScopes.join(', ')}`), scopesRemedy)
      .min(1, scopesRemedy)
      .optional(),
    issuer: text('give a short name, or leave it out for default').optional(),
    claimBaseUrl: httpUrl('write it like https://credentials.example.edu/claim'),
    brand,
    locale: z.enum(locales, `choose one of ${locales.join(', ')}`).optional(),
    store: section(
      { embedded: embeddedStore.optional(), postgres: postgresStore.optional() },
      'choose embedded or postgres',
    ).refine(
      ({ embedded, postgres }) => (embedded === undefined) !== (postgres === undefined),
      'choose one of embedded and postgres',
    ),
    mail: mail.optional(),
    serve: serve.optional(),
  },
  'write settings as in the documentation of seek-pass init',
);

/** The settings of an issuer, as a person wrote them. */
export type Config = z.output<typeof configSchema>;

const secret = (remedy: string) => text(remedy).optional();

/** What `seek-pass.secrets.json` may hold; each may come from the environment instead. */
export const secretsSchema = section(
  {
    clientSecret: z
      .union(
        [z.string(), z.tuple([z.string(), z.string()])],
        'give one, or a list of the newest and the one before',
      )
      .optional(),
    claimKey: z
      .union([z.string(), z.array(z.string()).min(1)], 'give one, or a list with the newest first')
      .optional(),
    namespace: secret('restore it from its backup'),
    keyRing: z.record(z.string(), z.unknown(), 'restore it from its backup').optional(),
    databaseUrl: secret('write it like postgres://user:password@host/database'),
    smtpPassword: secret('give the password of mail.smtp.user'),
  },
  'restore it from its backup',
);

/** The secrets of an issuer. */
export type Secrets = z.output<typeof secretsSchema>;
