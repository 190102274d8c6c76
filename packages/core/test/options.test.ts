import { describe, expect, test } from 'vitest';
import type { ConfigurationError, SeekPassOptions } from '../src/index.ts';
import { SeekPass, SeekPassError } from '../src/index.ts';
import { clientSecret } from './support/small-seek-pass.ts';

const good: SeekPassOptions = { environment: 'staging', clientId: 'client-1', clientSecret };

function refusal(options: Record<string, unknown>): SeekPassError {
  try {
    // oxlint-disable-next-line no-new -- making one is what is tested
    new SeekPass({ ...good, ...options });
  } catch (error) {
    if (SeekPassError.is(error)) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('security rule 3: production refuses loopback, sandbox clients and placeholders', () => {
  const production = { environment: 'production', baseUrl: 'https://seekpass.example' };

  test.each([
    'https://localhost',
    'https://LOCALHOST.',
    'https://wallet.localhost:4010',
    'https://127.0.0.1',
    'https://127.9.9.9:4010',
    'https://2130706433',
    'https://0x7f.1',
    'https://0.0.0.0',
    'https://[::1]:4010',
    'https://[::]',
    'https://[::ffff:127.0.0.1]',
    'http://127.0.0.1:4010',
  ])('the loopback address %s', (baseUrl) => {
    for (const environment of ['production', 'staging']) {
      const error = refusal({ environment, baseUrl });
      expect(error.code).toBe('invalid_configuration');
      expect(error.message).toMatch(/^baseUrl .*this machine/);
    }
  });

  test('a client id of the sandbox', () => {
    expect(refusal({ ...production, clientId: 'sandbox-7f' }).message).toMatch(/^clientId .*sandbox/);
    expect(refusal({ clientId: 'sandbox-7f' }).message).toMatch(/^clientId .*sandbox/);
  });

  test('no baseUrl, http, the staging address', () => {
    expect(refusal({ environment: 'production' }).message).toMatch(/^baseUrl is missing/);
    expect(refusal({ ...production, baseUrl: 'http://seekpass.example' }).message).toMatch(
      /^baseUrl must start with https/,
    );
    expect(refusal({ ...production, baseUrl: 'https://app.seekpass-staging.com' }).message).toMatch(
      /staging/,
    );
  });

  test.each([
    'changeme',
    'CHANGE_ME',
    'change-me-please'.slice(0, 9),
    'your-client-secret',
    'YOUR_CLIENT_SECRET',
    'your_client_secret_here',
    'insert your secret here'.replaceAll(' ', '-'),
    'xxx',
    'xxxxxxxxxxxxxxxxxxxxxxxx',
    '<client-secret>',
    '<…>',
    '${SEEK_PASS_CLIENT_SECRET}',
    '$SEEK_PASS_CLIENT_SECRET',
    '{{client_secret}}',
    'secret',
    'password123456',
    'test-secret-test-secret',
    'placeholder',
    'TODO',
    '0000000000000000',
    '1234567890123456',
    'sk_live_...',
    '****************',
  ])('the placeholder %s as secret, in every environment', (secret) => {
    for (const environment of [
      production,
      { environment: 'staging' },
      { environment: 'sandbox', baseUrl: 'http://127.0.0.1:4010', clientId: 'sandbox-1' },
    ]) {
      expect(refusal({ ...environment, clientSecret: secret }).message).toMatch(
        /^clientSecret looks like a placeholder/,
      );
    }
    expect(refusal({ clientSecret: [clientSecret, secret] }).message).toMatch(
      /^clientSecret\[1\] looks like/,
    );
  });

  test('what a real secret may look like is accepted', () => {
    for (const secret of [
      'bb1fa4c99e21d07a5be5e3d8',
      'Xk29_sj-PQz81mmT4ve7Lw',
      'f3c1a7e2-0f9d-4a51-9a57-1f0e9b4f2d11',
      'your0Qz81mmT4ve7LwX',
    ]) {
      expect(() => new SeekPass({ ...good, clientSecret: secret })).not.toThrow();
    }
  });
});

describe('settings', () => {
  test.each([
    ['environment', { environment: 'prod' }, /^environment must be 'sandbox', 'staging' or 'production'/],
    ['environment', { environment: undefined }, /^environment must be/],
    ['clientId', { clientId: '' }, /^clientId is missing/],
    ['clientId', { clientId: 'a b' }, /^clientId is missing or has spaces/],
    [
      'clientId of another environment',
      { environment: 'sandbox', baseUrl: 'http://127.0.0.1:1' },
      /^clientId does not belong/,
    ],
    ['clientSecret', { clientSecret: '' }, /^clientSecret is missing/],
    ['clientSecret', { clientSecret: undefined }, /^clientSecret is missing/],
    ['clientSecret', { clientSecret: 'k3j4h5' }, /^clientSecret is too short/],
    ['clientSecret', { clientSecret: `${clientSecret}\n` }, /^clientSecret has white space/],
    ['clientSecret', { clientSecret: [] }, /^clientSecret takes one secret, or two/],
    ['baseUrl', { baseUrl: 'seekpass' }, /^baseUrl is not a URL/],
    ['baseUrl', { baseUrl: 'ftp://x.example' }, /^baseUrl is not a URL/],
    ['baseUrl', { baseUrl: 'https://user@x.example' }, /^baseUrl must be only scheme and host/],
    ['baseUrl', { baseUrl: 'https://x.example/api' }, /^baseUrl must be only scheme and host/],
    ['redirectOrigin', { redirectOrigin: 'http://x.example' }, /^redirectOrigin must start with https/],
    ['a misspelt setting', { maxAttemps: 3 }, /^There is no setting named "maxAttemps"/],
    ['a misspelt path', { paths: { tokens: '/x' } }, /^There is no path named "tokens"/],
    ['maxAttempts', { maxAttempts: 0 }, /^maxAttempts must be a whole number/],
    ['deadlineMs', { deadlineMs: Number.NaN }, /^deadlineMs must be a number of milliseconds/],
    ['deadlineMs', { deadlineMs: Infinity }, /^deadlineMs must be/],
    ['rate', { rate: { perSecond: 0 } }, /^rate must be/],
    ['scopes', { scopes: [] }, /^scopes must be a list/],
    ['proxy', { proxy: 'proxy.example' }, /^proxy is not/],
    ['proxy', { proxy: 'http://p.example', dispatcher: {} }, /^proxy and dispatcher exclude/],
  ])('%s is refused with one sentence that names it: %o', (_name, options, sentence) => {
    const error = refusal(options);
    expect(error.code).toBe('invalid_configuration');
    expect(error.message).toMatch(sentence);
    expect(error.message).toMatch(/\.$/);
    expect(error.message).not.toContain(clientSecret);
  });

  test('all that is wrong is told at once, each with its setting', () => {
    const error = refusal({
      environment: 'sandbox',
      baseUrl: 'seekpass',
      clientSecret: 'changeme',
      maxAttempts: 0,
      deadlineMs: -1,
      scope: ['write.education'],
      paths: { tokens: '/x' },
    }) as ConfigurationError;
    expect(error.problems.map(({ setting }) => setting)).toEqual([
      'scope',
      'maxAttempts',
      'deadlineMs',
      'baseUrl',
      'clientId',
      'clientSecret',
      'tokens',
    ]);
    expect(error.message.split('\n')).toEqual(error.problems.map(({ message }) => message));
  });

  test('a misspelt setting is told with the name that was probably meant', () => {
    expect(refusal({ clientID: 'client-1' }).message).toBe(
      'There is no setting named "clientID": rename it to clientId, or leave it out.',
    );
    expect(refusal({ somethingElse: 1 }).message).toContain('use one of environment, baseUrl, clientId');
  });

  test('with a wrong environment nothing is said of what depends on it', () => {
    const error = refusal({ environment: 'prod', baseUrl: 'http://127.0.0.1', clientId: 'sandbox-1' });
    expect((error as ConfigurationError).problems).toHaveLength(1);
  });

  test('the sandbox may be on this machine over http, and needs its address', () => {
    const sandbox = { environment: 'sandbox', clientId: 'sandbox-1' };
    expect(
      () => new SeekPass({ ...good, ...sandbox, baseUrl: 'http://127.0.0.1:4010' } as SeekPassOptions),
    ).not.toThrow();
    expect(refusal(sandbox).message).toMatch(/^baseUrl is missing/);
    expect(refusal({ ...sandbox, baseUrl: 'http://sandbox.example' }).message).toMatch(
      /^baseUrl must start with https/,
    );
    expect(refusal({ ...sandbox, baseUrl: 'https://app.seekpass-staging.com' }).message).toMatch(/staging/);
  });
});
