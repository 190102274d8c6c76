import { expect, test } from 'vitest';
import { secretToType, strayAddress } from '../../server/src/settings/secret-destination.ts';
import type { SiteSettings } from '../../server/src/settings/site-settings.ts';

const settings = (change: Partial<SiteSettings>): SiteSettings => ({
  values: { environment: 'production', baseUrl: 'https://seekpass.example', clientId: 'abc' },
  sources: {},
  secret: 'saved',
  revision: 1,
  config: {},
  ...change,
});

test('a secret of the environment is sent to no address that was typed on the page', () => {
  const typed = settings({ secret: 'from_environment', sources: { baseUrl: 'saved' } });
  expect(strayAddress(typed)?.setting).toBe('baseUrl');
  expect(strayAddress({ ...typed, sources: { baseUrl: 'environment' } })).toBeUndefined();
  expect(strayAddress({ ...typed, sources: {} })).toBeUndefined();
});

test.each(['environment', 'baseUrl', 'clientId'] as const)(
  'with another %s a saved secret is typed again',
  (name) => {
    const before = settings({});
    const after = settings({ values: { ...before.values, [name]: 'another' } });
    const change = { revision: 1, values: after.values };
    expect(secretToType(before, after, change)?.setting).toBe('clientSecret');
    expect(secretToType(before, after, { ...change, clientSecret: 'typed' })).toBeUndefined();
    expect(secretToType(before, before, change)).toBeUndefined();
  },
);
