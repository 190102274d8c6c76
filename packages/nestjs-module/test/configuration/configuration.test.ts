import 'reflect-metadata';
import { type ConfigType, ConfigModule } from '@nestjs/config';
import { Test } from '@nestjs/testing';
import { createNamespace, SeekPass } from '@seek-pass-kit/core';
import { createMemoryStore, generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { getAddFlowToken, getSeekPassToken, SeekPassModule } from '../../src/index.ts';
import {
  seekPassConfig,
  seekPassConfigOf,
  seekPassIssuingConfig,
  seekPassIssuingConfigOf,
} from '../../src/configuration/index.ts';

const staging = {
  SEEK_PASS_ENVIRONMENT: 'staging',
  SEEK_PASS_CLIENT_ID: 'example-university',
  SEEK_PASS_CLIENT_SECRET: 'bb1fa4c99e21d07a5be5e3d8',
};

function given(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

afterEach(() => vi.unstubAllEnvs());

test('a client alone is what the environment says, with ConfigModule.forFeature', async () => {
  given({ ...staging, SEEK_PASS_SCOPES: 'write.education, write.microcredential', SEEK_PASS_BASE_URL: ' ' });
  const module = await Test.createTestingModule({
    imports: [
      SeekPassModule.forRootAsync({
        imports: [ConfigModule.forFeature(seekPassConfig)],
        inject: [seekPassConfig.KEY],
        useFactory: (config: ConfigType<typeof seekPassConfig>) => config,
      }),
    ],
  }).compile();
  onTestFinished(() => module.close());
  expect(module.get(SeekPass).redirectOrigin).toBe('https://app.seekpass-staging.com');
  expect(seekPassConfig()).toEqual({
    environment: 'staging',
    clientId: 'example-university',
    clientSecret: 'bb1fa4c99e21d07a5be5e3d8',
    scopes: ['write.education', 'write.microcredential'],
  });
});

test('an issuer with a name has variables of its own, with ConfigModule.forRoot', async () => {
  given({
    SEEK_PASS_LAW_SCHOOL_ENVIRONMENT: 'staging',
    SEEK_PASS_LAW_SCHOOL_CLIENT_ID: 'law-school',
    SEEK_PASS_LAW_SCHOOL_CLIENT_SECRET: 'bb1fa4c99e21d07a5be5e3d8',
    SEEK_PASS_LAW_SCHOOL_KEY_RING: generateKeyRing(),
    SEEK_PASS_LAW_SCHOOL_CLAIM_KEY: `${generateClaimKey()},${generateClaimKey()}`,
    SEEK_PASS_LAW_SCHOOL_NAMESPACE: createNamespace({ environment: 'staging', clientId: 'law-school' }),
  });
  const client = seekPassConfigOf('law-school');
  const issuing = seekPassIssuingConfigOf('law-school');
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.forRoot({ isGlobal: true, ignoreEnvFile: true, load: [client, issuing] }),
      SeekPassModule.forRootAsync({
        name: 'law-school',
        inject: [client.KEY, issuing.KEY],
        useFactory: (common: ConfigType<typeof client>, secrets: ConfigType<typeof issuing>) => ({
          ...common,
          brand: { name: 'Example Law School' },
          store: createMemoryStore(),
          worker: false,
          addFlow: {
            ...secrets,
            claimBaseUrl: 'https://law.example.edu/claim',
            mail: { send: async () => ({ outcome: 'accepted' }) },
          },
        }),
      }),
    ],
  }).compile();
  onTestFinished(() => module.close());
  expect(module.get(getSeekPassToken('law-school'))).toBeInstanceOf(SeekPass);
  expect(await module.get(getAddFlowToken('law-school')).checkStart()).toBe('bound');
});

test('each variable that is wrong is told by its name, all at once, without its value', () => {
  given({
    SEEK_PASS_ENVIRONMENT: 'production',
    SEEK_PASS_CLIENT_ID: 'sandbox-17',
    SEEK_PASS_CLIENT_SECRET: 'changeme',
    SEEK_PASS_BASE_URL: 'https://localhost',
    SEEK_PASS_SCOPES: ' , ',
  });
  const message = thrownBy(() => seekPassConfig());
  expect(message.split('\n').map((line) => line.split(':')[0])).toEqual([
    'SEEK_PASS_BASE_URL points to this machine, which only a sandbox may do',
    "SEEK_PASS_CLIENT_ID does not belong to environment 'production', as only ids of the sandbox start with sandbox-",
    'SEEK_PASS_CLIENT_SECRET looks like a placeholder',
    "SEEK_PASS_SCOPES must be a list like ['write.education']",
  ]);
  expect(message).not.toContain('changeme');
});

test('variables that are not set are told', () => {
  expect(thrownBy(() => seekPassConfig())).toMatch(
    /^SEEK_PASS_ENVIRONMENT must be .*\nSEEK_PASS_CLIENT_ID is missing.*\nSEEK_PASS_CLIENT_SECRET is missing/,
  );
  expect(thrownBy(() => seekPassConfigOf('hr')())).toMatch(/^SEEK_PASS_HR_ENVIRONMENT must be/);
  expect(thrownBy(() => seekPassIssuingConfig())).toMatch(
    /^SEEK_PASS_CLAIM_KEY is missing: .*\nSEEK_PASS_NAMESPACE is missing: /,
  );
});

function thrownBy(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}
