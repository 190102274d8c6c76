import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMemoryStore } from '@seek-pass-kit/flows';
import { expect, test } from 'vitest';
import type { CommandContext } from '../src/command-context.ts';
import { CommandError } from '../src/command-error.ts';
import { readSettings } from '../src/config/settings.ts';
import { openFlow } from '../src/flow/open-flow.ts';
import { newSecrets } from '../src/setting-up/write-settings.ts';
import { temporaryFolder } from './seek-pass-process.ts';
import { fakeTerminal } from './terminal/fake-terminal.ts';

function contextWith(environment: Record<string, string> = {}): CommandContext {
  const { terminal } = fakeTerminal();
  return {
    terminal,
    environment,
    who: 'cli:test',
    now: Date.now,
    stopped: () => new Promise(() => undefined),
  };
}

const good = `environment: sandbox
baseUrl: http://127.0.0.1:4010
clientId: sandbox-1
claimBaseUrl: http://127.0.0.1:8080/claim
brand: { name: Example University }
store: { embedded: { folder: store } }
`;

async function settingsFile(text: string, name = 'seek-pass.config.yaml'): Promise<string> {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, text);
  return file;
}

async function sentencesOf(file: string, environment: Record<string, string> = {}): Promise<string[]> {
  try {
    await readSettings(file, contextWith(environment));
  } catch (error) {
    if (error instanceof CommandError) return error.message.split('\n');
    throw error;
  }
  return [];
}

test('a config may be YAML or JSON', async () => {
  const yaml = await readSettings(await settingsFile(good), contextWith());
  const json = await settingsFile(JSON.stringify(yaml.config), 'seek-pass.config.json');
  expect((await readSettings(json, contextWith())).config).toEqual(yaml.config);
});

test.each([
  ['a missing setting', good.replace('clientId: sandbox-1\n', ''), 'clientId is missing: '],
  ['an unknown setting', `${good}colour: blue\n`, 'colour is not a setting here: '],
  [
    'too few days',
    `${good}retention: { deliveryDataDays: 10 }\n`,
    'retention.deliveryDataDays is not right: give a whole number of days from 30',
  ],
  ['a secret', `${good}clientSecret: abc\n`, 'clientSecret is not a setting here: secrets belong into'],
  ['a nested setting', good.replace('name: Example University', 'name: ""'), 'brand.name is not right: '],
  ['no store', good.replace('{ embedded: { folder: store } }', '{}'), 'store is not right: choose one of'],
  ['two stores', good.replace('store }', 'store }, postgres: {}'), 'store is not right: choose one of'],
  [
    'a wrong environment',
    good.replace('sandbox\n', 'prod\n'),
    'environment is not right: choose sandbox, staging',
  ],
  ['broken YAML', `${good}brand: [`, 'cannot be read as YAML, at line'],
  ['an empty file', '', 'the file is not right'],
])('%s is told in one sentence, with the path and the remedy', async (_, text, sentence) => {
  const sentences = await sentencesOf(await settingsFile(text));
  expect(sentences).toHaveLength(1);
  expect(sentences[0]).toContain(sentence);
});

test('every problem has a sentence of its own, without values', async () => {
  const text = good.replace('sandbox-1', '""').replace('http://127.0.0.1:8080/claim', 'hunter2-somewhere');
  const sentences = await sentencesOf(await settingsFile(text));
  expect(sentences).toHaveLength(2);
  expect(sentences.join()).not.toContain('hunter2');
});

test('security rule 22: secrets that others can read are refused, with the remedy', async () => {
  const file = await settingsFile(good);
  const secrets = file.replace('seek-pass.config.yaml', 'seek-pass.secrets.json');
  await writeFile(secrets, '{}', { mode: 0o600 });
  expect(await sentencesOf(file)).toEqual([]);
  for (const mode of [0o640, 0o604, 0o644, 0o620]) {
    await chmod(secrets, mode);
    expect((await sentencesOf(file)).join()).toMatch(/can be read by other users.*chmod 600/);
  }
});

test('a secret of the environment wins over the file', async () => {
  const file = await settingsFile(good);
  const secrets = file.replace('seek-pass.config.yaml', 'seek-pass.secrets.json');
  await writeFile(secrets, JSON.stringify({ clientSecret: 'of the file', claimKey: 'one' }), { mode: 0o600 });
  const environment = { SEEK_PASS_CLIENT_SECRET: 'of the environment', SEEK_PASS_CLAIM_KEY: 'new, old' };
  const settings = await readSettings(file, contextWith(environment));
  expect(settings.secrets).toEqual({ clientSecret: 'of the environment', claimKey: ['new', 'old'] });
});

test('settings of another connection in the environment stop it: nobody can say which is meant', async () => {
  const file = await settingsFile(good);
  const right = { SEEK_PASS_ENVIRONMENT: 'sandbox', SEEK_PASS_CLIENT_ID: 'sandbox-1' };
  expect(await sentencesOf(file, right)).toEqual([]);
  const [sentence = ''] = await sentencesOf(file, { ...right, SEEK_PASS_ENVIRONMENT: 'production' });
  expect(sentence).toMatch(/^SEEK_PASS_ENVIRONMENT .*unset it/);
});

test('every missing secret is named, with both places it may be in', async () => {
  const settings = await readSettings(await settingsFile(good), contextWith());
  const failure = await openFlow(settings).catch((error: unknown) => error);
  const sentences = (failure as CommandError).message.split('\n');
  expect(sentences).toHaveLength(4);
  expect(sentences[0]).toMatch(/clientSecret is missing.*seek-pass\.secrets\.json.*SEEK_PASS_CLIENT_SECRET/);
});

test('the embedded store in production needs an option that names the risk', async () => {
  const text = good
    .replace('sandbox\n', 'production\n')
    .replace('http://127.0.0.1:4010', 'https://seekpass.example')
    .replace('clientId: sandbox-1', 'clientId: example-university\nscopes: [write.microcredential]')
    .replace('http://127.0.0.1:8080', 'https://credentials.example.edu');
  const file = await settingsFile(text);
  const read = await readSettings(file, contextWith());
  const secrets = newSecrets(read.config, { clientSecret: '0123456789abcdef0123456789abcdef' });
  await expect(openFlow({ ...read, secrets })).rejects.toThrow(/acceptOneMachineWithoutBackup/);
});

test('without --config it takes the config of the folder, else the trial of the folder', async () => {
  const folder = await temporaryFolder();
  const before = process.cwd();
  process.chdir(folder);
  try {
    await expect(readSettings(undefined, contextWith())).rejects.toThrow(/seek-pass init/);
    await mkdir('.seek-pass/trial', { recursive: true });
    await writeFile('.seek-pass/trial/seek-pass.config.yaml', good);
    expect((await readSettings(undefined, contextWith())).folder).toBe('.seek-pass/trial');
    await writeFile('seek-pass.config.yaml', good);
    expect((await readSettings(undefined, contextWith())).folder).toBe('.');
  } finally {
    process.chdir(before);
  }
});

test('settings that only the flow can judge are all told, each with the file', async () => {
  const text = good.replace('http://127.0.0.1:8080/claim', 'http://portal.example.edu/claim');
  const file = await settingsFile(text);
  const { keyRingFile: _notThere, ...read } = await readSettings(file, contextWith());
  const secrets = {
    ...newSecrets(read.config, { clientSecret: '0123456789abcdef0123456789abcdef' }),
    claimKey: 'x',
  };
  const failure = await openFlow({ ...read, secrets }, { store: createMemoryStore() }).catch(
    (error: unknown) => error,
  );
  const lines = (failure as CommandError).message.split('\n');
  expect(lines).toHaveLength(2);
  expect(lines.every((line) => line.startsWith(`${file}: `))).toBe(true);
  expect(lines.join()).toMatch(/claim key is not 32 random bytes.*claimBaseUrl must start with https/);
});
