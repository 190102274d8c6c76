import { expect, test } from 'vitest';
import type { Config } from '../../src/config/config-shape.ts';
import { refuseBeyondThisMachine, refuseRealEnvironment } from '../../src/rehearsing/stay-on-this-machine.ts';

type Reach = Pick<Config, 'environment' | 'baseUrl' | 'mail'>;

const mailTo = (host: string): NonNullable<Reach['mail']> => ({
  from: { address: 'a@example.edu' },
  smtp: { host },
});

test.each<Reach>([
  { environment: 'sandbox' },
  { environment: 'sandbox', baseUrl: 'http://127.0.0.1:4010', mail: mailTo('127.0.0.1') },
  { environment: 'sandbox', baseUrl: 'http://localhost:4010', mail: mailTo('localhost') },
  { environment: 'sandbox', baseUrl: 'http://[::1]:4010', mail: mailTo('::1') },
])('a rehearsal may go to %o', (config) => {
  expect(() => refuseBeyondThisMachine('the config', config)).not.toThrow();
});

test.each<[Reach, string]>([
  [{ environment: 'production', baseUrl: 'http://127.0.0.1:4010' }, 'environment'],
  [{ environment: 'staging' }, 'environment'],
  [{ environment: 'sandbox', baseUrl: 'https://app.seekpass-staging.com' }, 'baseUrl'],
  [{ environment: 'sandbox', baseUrl: 'http://127.0.0.1.example.org' }, 'baseUrl'],
  [{ environment: 'sandbox', baseUrl: 'http://127.0.0.1@example.org' }, 'baseUrl'],
  [{ environment: 'sandbox', baseUrl: 'http://10.0.0.1:4010' }, 'baseUrl'],
  [{ environment: 'sandbox', mail: mailTo('smtp.example.edu') }, 'mail.smtp.host'],
  [{ environment: 'sandbox', mail: mailTo('0.0.0.0') }, 'mail.smtp.host'],
  [{ environment: 'sandbox', mail: mailTo('127.0.0.1@example.org') }, 'mail.smtp.host'],
  [{ environment: 'sandbox', mail: mailTo('localhost.example.org') }, 'mail.smtp.host'],
])('security rule 22: a rehearsal refuses %o', (config, setting) => {
  expect(() => refuseBeyondThisMachine('the config', config)).toThrow(
    expect.objectContaining({
      code: 'wrong_setting',
      message: expect.stringContaining(`${setting} of the config`) as string,
    }),
  );
});

test.each<[Record<string, string>, string]>([
  [{ SEEK_PASS_ENVIRONMENT: 'production' }, 'SEEK_PASS_ENVIRONMENT'],
  [{ SEEK_PASS_ENVIRONMENT: 'staging' }, 'SEEK_PASS_ENVIRONMENT'],
  [{ SEEK_PASS_ENVIRONMENT: 'sandbox', SEEK_PASS_BASE_URL: 'https://example.org' }, 'SEEK_PASS_BASE_URL'],
  [{ SEEK_PASS_BASE_URL: 'https://example.org' }, 'SEEK_PASS_BASE_URL'],
  [{ NODE_ENV: 'production' }, 'NODE_ENV'],
])('security rule 22: where %o is set, a rehearsal does not run', (environment, setting) => {
  expect(() => refuseRealEnvironment(environment)).toThrow(
    expect.objectContaining({
      code: 'wrong_setting',
      message: expect.stringContaining(setting) as string,
    }),
  );
});

test('the settings of a sandbox in the shell are in nobody’s way', () => {
  const settings = { SEEK_PASS_ENVIRONMENT: 'sandbox', SEEK_PASS_BASE_URL: 'http://127.0.0.1:4010' };
  expect(() => refuseRealEnvironment(settings)).not.toThrow();
});
