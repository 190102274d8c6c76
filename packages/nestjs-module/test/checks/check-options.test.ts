import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { type ConfigurationError, createNamespace, SeekPassError } from '@seek-pass-kit/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeekPassModule } from '../../src/index.ts';
import { checkOptions } from '../../src/checks/check-options.ts';
import { everyPart } from './sample-options.ts';

type Change = Record<string, unknown>;

/** What is said of options with everything right, changed: by path, such as `addFlow.claimKey`. */
async function problemsOf(change: Change): Promise<ReadonlyMap<string, string>> {
  const options = structuredCopy(everyPart());
  for (const [path, value] of Object.entries(change)) setAt(options, path, value);
  try {
    await checkOptions('hr', options as never);
    return new Map();
  } catch (error) {
    const { problems } = error as ConfigurationError;
    return new Map(problems.map(({ setting = '', message }) => [setting, message]));
  }
}

function structuredCopy(options: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && name !== 'store' ? { ...value } : value,
    ]),
  );
}

function setAt(options: object, path: string, value: unknown): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) Reflect.set(options, first, value);
  else setAt(Reflect.get(options, first) as object, rest.join('.'), value);
}

test('options in which nothing is wrong pass', async () => {
  expect(await problemsOf({})).toEqual(new Map());
});

describe('each wrong setting is told by its name, with the remedy', () => {
  test.each<[change: Change, setting: string, sentence: RegExp]>([
    [{ environment: 'prod' }, 'environment', /^environment must be 'sandbox'/],
    [{ clientId: undefined }, 'clientId', /^clientId is missing.*set it to the client id/],
    [
      { clientId: 'sandbox-1' },
      'clientId',
      /^clientId does not belong to environment 'production'.*correct one of the two/,
    ],
    [{ clientSecret: 'changeme' }, 'clientSecret', /^clientSecret looks like a placeholder/],
    [{ baseUrl: 'https://localhost' }, 'baseUrl', /^baseUrl points to this machine/],
    [{ baseUrl: 'http://seekpass.example' }, 'baseUrl', /^baseUrl must start with https/],
    [{ clientID: 'x' }, 'clientID', /no setting named "clientID": rename it to clientId/],
    [{ addflow: {} }, 'addflow', /no setting named "addflow": rename it to addFlow/],
    [{ name: 'hr' }, 'name', /^name stands beside useFactory/],
    [{ issuer: 'HR department' }, 'issuer', /^issuer must be 1 to 63/],
    [{ brand: undefined }, 'brand', /^brand is missing: addFlow and verifyFlow need it/],
    [{ brand: { name: '' } }, 'brand.name', /^brand.name is missing/],
    [
      { brand: { name: 'A', color: '#000000' } },
      'brand.color',
      /no setting of brand named "color": rename it to colour/,
    ],
    [{ 'brand.colour': 'blue' }, 'brand.colour', /^brand.colour is not a colour/],
    [{ defaultLocale: 'xx' }, 'defaultLocale', /^defaultLocale is no language/],
    [{ store: undefined }, 'store', /^store is missing: addFlow and verifyFlow and webhooks need it/],
    [{ store: {} }, 'store', /^store must be a store or say where one is/],
    [{ store: { postgres: {} } }, 'store.postgres.pool', /connectionString or a pool/],
    [{ store: { postgres: { pool: {} } } }, 'store.postgres.pool', /^store.postgres.pool has no connect/],
    [
      { store: { postgres: { connectionString: 'x', shema: 'y' } } },
      'store.postgres.shema',
      /rename it to schema/,
    ],
    [{ store: { embedded: { folder: '/x' } } }, 'store.embedded', /acceptOneMachineWithoutBackup/],
    [{ keys: undefined }, 'keys', /^keys is missing: addFlow and verifyFlow and webhooks need it/],
    [{ keys: 'k1' }, 'keys', /^keys: The key file is not a key ring/],
    [{ keys: {} }, 'keys', /^keys must be the text of a key ring/],
    [{ logger: true }, 'logger', /^logger must be false, or have log, warn and error/],
    [{ logger: {} }, 'logger', /^logger must be false/],
    [
      { store: { postgres: { connectionString: 'portal' } } },
      'store.postgres.connectionString',
      /not the address of a PostgreSQL database: write it like postgres/,
    ],
    [{ addFlow: 'yes' }, 'addFlow', /^addFlow must be an object/],
    [
      { 'addFlow.claimBaseURL': '/x' },
      'addFlow.claimBaseURL',
      /no setting of addFlow named "claimBaseURL".*claimBaseUrl/,
    ],
    [
      { 'addFlow.claimBaseUrl': 'http://portal.example.edu/claim' },
      'addFlow.claimBaseUrl',
      /must start with https/,
    ],
    [{ 'addFlow.claimBaseUrl': 'https://127.0.0.1/claim' }, 'addFlow.claimBaseUrl', /points to this machine/],
    [
      { 'addFlow.claimBaseUrl': 'https://portal.example.edu' },
      'addFlow.claimBaseUrl',
      /has no path: write it like https:\/\/portal.example.edu\/claim/,
    ],
    [
      { 'addFlow.claimKey': 'secret' },
      'addFlow.claimKey',
      /^addFlow.claimKey: The claim key is not 32 random bytes/,
    ],
    [{ 'addFlow.claimKey': 'A'.repeat(43) }, 'addFlow.claimKey', /is not 32 random bytes/],
    [{ 'addFlow.claimKey': undefined }, 'addFlow.claimKey', /is missing/],
    [{ 'addFlow.namespace': undefined }, 'addFlow.namespace', /is missing or damaged/],
    [
      { 'addFlow.namespace': createNamespace({ environment: 'staging', clientId: 'example-university' }) },
      'addFlow.namespace',
      /belongs to another client id or environment/,
    ],
    [{ 'addFlow.mail': undefined }, 'addFlow.mail', /^addFlow.mail is missing/],
    [
      { 'addFlow.mail': { smtp: { host: 'x y', from: {} } } },
      'addFlow.mail.smtp.host',
      /is not the name of a mail server/,
    ],
    [{ 'addFlow.mail': { smtp: {} } }, 'addFlow.mail.smtp.from.address', /not one plain mailbox/],
    [
      { 'addFlow.mailLimits': { perMinute: 0 } },
      'addFlow.mailLimits.perMinute',
      /^addFlow.mailLimits.perMinute/,
    ],
    [{ 'addFlow.documents': {} }, 'addFlow.documents', /^addFlow.documents needs baseUrl/],
    [
      { 'addFlow.documents': { baseUrl: 'http://x.example/documents' } },
      'addFlow.documents.baseUrl',
      /must start with https/,
    ],
    [
      { 'addFlow.documents': { baseUrl: 'https://x.example/documents', callers: ['here'] } },
      'addFlow.documents.callers',
      /^addFlow.documents.callers/,
    ],
    [{ addFlow: undefined }, 'claimPages', /^claimPages needs addFlow/],
    [
      { claimPages: { prof: 'email-code' } },
      'claimPages.prof',
      /no setting of claimPages named "prof": rename it to proof/,
    ],
    [
      { claimPages: { proof: { linkAlone: 'sandbox' } } },
      'claimPages.proof.linkAlone',
      /set proof to email-code or host/,
    ],
    [{ claimPages: { trustedProxies: ['x'] } }, 'claimPages.trustedProxies', /^claimPages.trustedProxies/],
    [{ scopes: ['write.microcredential'] }, 'scopes', /^scopes lack read\.digital_identity and write\./],
    [
      { 'verifyFlow.callbackBaseUrl': 'http://portal.example.edu/verify' },
      'verifyFlow.callbackBaseUrl',
      /must start with https/,
    ],
    [
      { 'verifyFlow.callbackBaseUrl': 'https://portal.example.edu' },
      'verifyFlow.callbackBaseUrl',
      /has no path/,
    ],
    [
      { 'verifyFlow.partnerLogoUrl': 'http://x.example/logo' },
      'verifyFlow.partnerLogoUrl',
      /must be the https address/,
    ],
    [
      { 'webhooks.receiverUrl': 'http://portal.example.edu/hooks' },
      'webhooks.receiverUrl',
      /must start with https/,
    ],
    [{ 'webhooks.receiverUrl': 'https://[::1]/hooks' }, 'webhooks.receiverUrl', /points to this machine/],
    [{ 'webhooks.receiverUrl': undefined }, 'webhooks.receiverUrl', /is not a URL/],
    [{ 'webhooks.keepDays': 0 }, 'webhooks.keepDays', /^webhooks.keepDays must be 1 or more/],
    [
      { webhooks: { receiverUrl: 'https://x.example/w', withoutInbox: true } },
      'webhooks.withoutInbox',
      /^webhooks.withoutInbox is not/,
    ],
    [
      { 'verifyFlow.callbackBaseUrl': 'https://portal.example.edu/Claim' },
      'verifyFlow.callbackBaseUrl',
      /^addFlow.claimBaseUrl and verifyFlow.callbackBaseUrl have the same path/,
    ],
    [{ worker: 'yes' }, 'worker', /^worker must be an object/],
  ])('%j', async (change, setting, sentence) => {
    const problems = await problemsOf(change);
    expect([...problems.keys()]).toContain(setting);
    expect(problems.get(setting)).toMatch(sentence);
    expect(problems.get(setting)).toMatch(/\.$/);
  });
});

test('security rule 3: what belongs to a trial does not start in production, nor does a placeholder anywhere', async () => {
  const trial: Change = {
    baseUrl: 'https://127.0.0.1:4010',
    clientId: 'sandbox-1',
    clientSecret: 'your-client-secret',
    store: { embedded: { folder: '.seek-pass' } },
    'addFlow.claimKey': 'A'.repeat(43),
    'addFlow.claimBaseUrl': 'http://localhost:3000/claim',
    'addFlow.documents': { baseUrl: 'https://localhost/documents' },
    claimPages: { proof: { linkAlone: 'sandbox' } },
    'verifyFlow.callbackBaseUrl': 'https://portal.localhost/verify',
    'webhooks.receiverUrl': 'https://[::1]/webhooks',
  };
  const settings = [
    'baseUrl',
    'clientId',
    'clientSecret',
    'store.embedded',
    'addFlow.claimKey',
    'addFlow.claimBaseUrl',
    'addFlow.documents.baseUrl',
    'claimPages.proof.linkAlone',
    'verifyFlow.callbackBaseUrl',
    'webhooks.receiverUrl',
  ];
  expect(new Set((await problemsOf(trial)).keys())).toEqual(new Set(settings));
  const placeholders: Change = { clientSecret: '<secret>', 'addFlow.claimKey': 'changeme', keys: 'changeme' };
  expect([
    ...(await problemsOf({ environment: 'staging', baseUrl: undefined, ...placeholders })).keys(),
  ]).toEqual(expect.arrayContaining(['clientSecret', 'addFlow.claimKey', 'keys']));
});

describe('an application whose options are wrong does not start', () => {
  const start = (module: ReturnType<typeof SeekPassModule.forRoot>) =>
    Test.createTestingModule({ imports: [module] })
      .compile()
      .then(
        () => 'it started',
        (error: Error) => error.message,
      );

  test('all that is wrong is told at once, each line with the registration', async () => {
    const { clientId: _none, ...rest } = everyPart();
    const wrong = { ...rest, clientSecret: 'changeme', verifyFlow: { callbackBaseUrl: 'x' }, keys: '{}' };
    const message = await start(SeekPassModule.forRoot({ name: 'hr', ...wrong } as never));
    expect(message.split('\n').map((line) => line.slice(0, 54))).toEqual([
      "SeekPassModule 'hr': clientId is missing or has spaces",
      "SeekPassModule 'hr': clientSecret looks like a placeho",
      "SeekPassModule 'hr': keys: The key file is not a key r",
      "SeekPassModule 'hr': verifyFlow.callbackBaseUrl is not",
    ]);
  });

  test('a factory that forgot to return is told', async () => {
    const useFactory = (async () => undefined) as never;
    expect(await start(SeekPassModule.forRootAsync({ name: 'hr', useFactory }))).toMatch(
      /^SeekPassModule 'hr': there are no options: .*Return the options/,
    );
    expect(await start(SeekPassModule.forRootAsync({ useFactory: () => ({}) as never }))).toMatch(
      /^SeekPassModule 'default': environment must be/,
    );
  });

  test('a call without options is told where it is made', () => {
    expect(() => SeekPassModule.forRoot(undefined as never)).toThrow(
      'SeekPassModule.forRoot() was called without options. Give it environment, clientId and clientSecret.',
    );
    expect(() => SeekPassModule.forRootAsync(undefined as never)).toThrow(
      'SeekPassModule.forRootAsync() was called without options. Give it useFactory, useClass or useExisting.',
    );
    expect(() => SeekPassModule.forRootAsync({ name: 'hr', inject: ['CONFIG'] })).toThrow(
      /^SeekPassModule 'hr': forRootAsync has nothing to take options from: give it useFactory/,
    );
  });

  test('a database that is away is told with the registration', async () => {
    const connectionString = 'postgres://nobody@127.0.0.1:1/none';
    const store = { postgres: { connectionString, reconnectForMs: 50 } };
    expect(await start(SeekPassModule.forRoot({ name: 'hr', ...everyPart(), store }))).toMatch(
      /^SeekPassModule 'hr': The database did not answer for 50 ms. Check that it runs/,
    );
  });

  test('a name that cannot name rows is refused', async () => {
    expect(await start(SeekPassModule.forRoot({ name: 'HR department', ...everyPart() }))).toMatch(
      /^SeekPassModule 'HR department': name must be 1 to 63/,
    );
  });
});

test('whatever plain JavaScript gives, the answer is which setting is wrong', async () => {
  const paths = [
    ...Object.keys(everyPart()),
    'addFlow.mail',
    'addFlow.documents',
    'addFlow.reminders',
    'addFlow.retention',
    'addFlow.claimKey',
    'addFlow.namespace',
    'verifyFlow.retention',
    'webhooks.receiverUrl',
    'webhooks.secrets',
    'scopes',
    'rate',
    'paths',
    'health',
    'metrics',
    'clock',
    'issuer',
    'defaultLocale',
  ];
  const anything = [null, 'x', 5, Number.NaN, true, [], {}, [null], { smtp: null }, () => null];
  const thrown: unknown[] = [];
  const changes = paths.flatMap((setting) => anything.map((given) => [setting, given] as const));
  for (const [path, value] of changes) {
    const options: object = structuredCopy(everyPart());
    setAt(options, path, value);
    await checkOptions('hr', options as never).catch((error: unknown) => {
      if (!SeekPassError.is(error)) thrown.push([path, value, error]);
    });
  }
  expect(thrown).toEqual([]);
});

test('no value of a setting is in what is said of it', async () => {
  const secret = 'Tr0ub4dor-and-3-value';
  const paths = [
    'clientSecret',
    'keys',
    'proxy',
    'clientId',
    'addFlow.claimKey',
    'addFlow.namespace',
    'addFlow.mail',
    'addFlow.claimBaseUrl',
    'addFlow.documents',
    'store',
    'webhooks.secrets',
    'webhooks.receiverUrl',
    'verifyFlow.callbackBaseUrl',
    'brand',
    'issuer',
    'defaultLocale',
    'claimPages',
  ];
  const value = fc.constantFrom<unknown>(
    secret,
    ` ${secret}`,
    [secret],
    [secret, secret],
    { smtp: { host: 'mail.example', user: secret, password: secret, from: { address: secret } } },
    { smtp: { host: secret, password: secret } },
    { postgres: { connectionString: `postgres://u:${secret}@h/d`, schema: secret } },
    { postgres: { pool: secret } },
    { embedded: { folder: secret } },
    { name: secret, colour: secret, helpEmail: secret },
    { baseUrl: `https://${secret}:${secret}@x.example/documents`, callers: [secret] },
    { proof: { linkAlone: secret }, knownFacts: secret, trustedProxies: [secret] },
    `https://u:${secret}@x.example/claim`,
    `http://x.example/claim?${secret}`,
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...paths), value), async (change) => {
      const said = [...(await problemsOf(change)).values()].join('\n');
      expect(said).not.toContain(secret);
    }),
    { numRuns: 150 },
  );
});
