import { expect, test } from 'vitest';
import { environmentConfig, readPluginConfig } from '../../server/src/plugin-config.ts';
import { keyPlace } from '../../server/src/keys/site-keys.ts';

const dirs = { app: { root: '/site' }, static: { public: '/site/public' } } as Parameters<typeof keyPlace>[1];

test('variables that are not set, or blank, are no settings', () => {
  const variables: Readonly<Record<string, string>> = { SEEK_PASS_CLIENT_ID: 'abc', SEEK_PASS_BASE_URL: ' ' };
  expect(environmentConfig({ env: (name) => variables[name] })).toEqual({ clientId: 'abc' });
});

test('lists and switches may be texts, as the environment has them', () => {
  const config = readPluginConfig({
    scopes: 'write.education, write.microcredential',
    work: 'false',
    brand: { name: undefined },
  });
  expect(config).toEqual({ scopes: ['write.education', 'write.microcredential'], work: false, brand: {} });
});

test('no sentence about a wrong setting holds its value', () => {
  expect(() => readPluginConfig({ environment: 'secret-value', clientSecret: 42 })).toThrow(
    'environment is not right: choose sandbox, staging or production.\nclientSecret is not right: give one, or a list of the newest and the one before.',
  );
});

test('keys are in a file, or all of them are given', () => {
  expect(keyPlace({}, dirs)).toEqual({ in: 'file', file: '.seek-pass/keys.json' });
  expect(keyPlace({ keys: 'k', claimKey: ['c'], namespace: 'n' }, dirs)).toEqual({ in: 'environment' });
  expect(() => keyPlace({ keys: 'k' }, dirs)).toThrow(/claimKey is missing: .*\nnamespace is missing/);
});

test('a key file that everybody could fetch is refused', () => {
  expect(() => keyPlace({ keyFile: 'public/keys.json' }, dirs)).toThrow(/keyFile is in the public folder/);
});
