import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '@seek-pass-kit/sandbox';
import { expect, onTestFinished, test } from 'vitest';
import type { CommandContext } from '../src/command-context.ts';
import { runInit } from '../src/setting-up/run-init.ts';
import type { Questions } from '../src/terminal/questions.ts';
import { settingsOf } from './issuer.ts';
import { seekPass, temporaryFolder } from './seek-pass-process.ts';
import { fakeTerminal } from './terminal/fake-terminal.ts';

async function runningSandbox(): Promise<Sandbox> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

test('it writes settings without secrets, secrets for their owner only, and starts with them', async () => {
  const folder = await temporaryFolder();
  const sandbox = await runningSandbox();
  const settings = settingsOf(sandbox);
  const { code, stdout } = await seekPass(['init', '--yes', '--json'], { folder, settings });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    config: 'seek-pass.config.yaml',
    secrets: 'seek-pass.secrets.json',
    seekPassAnswered: true,
  });
  const config = await readFile(join(folder, 'seek-pass.config.yaml'), 'utf8');
  const secretsFile = join(folder, 'seek-pass.secrets.json');
  const secrets = JSON.parse(await readFile(secretsFile, 'utf8')) as Record<string, unknown>;
  expect((await stat(secretsFile)).mode & 0o777).toBe(0o600);
  expect(Object.keys(secrets).sort()).toEqual(['claimKey', 'clientSecret', 'keyRing', 'namespace']);
  expect(config).toContain(`clientId: ${sandbox.clientId}`);
  for (const secret of ['claimKey', 'clientSecret', 'namespace']) {
    expect(config).not.toContain(String(secrets[secret]));
  }
  const status = await seekPass(['status', '--json'], { folder });
  expect(JSON.parse(status.stdout)).toMatchObject({ awards: {} });
});

test('it never overwrites what is there', async () => {
  const folder = await temporaryFolder();
  const settings = settingsOf(await runningSandbox());
  await writeFile(join(folder, 'seek-pass.secrets.json'), 'mine', { mode: 0o600 });
  const { code, stderr } = await seekPass(['init', '--yes'], { folder, settings });
  expect(code).toBe(2);
  expect(stderr).toContain('seek-pass.secrets.json exists');
  expect(await readFile(join(folder, 'seek-pass.secrets.json'), 'utf8')).toBe('mine');
  expect(await readdir(folder)).toEqual(['seek-pass.secrets.json']);
});

test('a secret that SEEK Pass refuses leaves no settings behind', async () => {
  const folder = await temporaryFolder();
  const settings = {
    ...settingsOf(await runningSandbox()),
    SEEK_PASS_CLIENT_SECRET: 'a1b2c3d4e5f6a7b8c9d0e1f2',
  };
  const { code, stderr } = await seekPass(['init', '--yes'], { folder, settings });
  expect(code).toBe(2);
  expect(stderr).not.toContain('a1b2c3d4');
  expect((await readdir(folder)).filter((name) => name.startsWith('seek-pass.'))).toEqual([]);
});

test('without a terminal it names everything that is missing, secrets by their place in the environment', async () => {
  const folder = await temporaryFolder();
  const { code, stderr } = await seekPass(['init', '--environment', 'production', '--store', 'postgres'], {
    folder,
  });
  expect(code).toBe(2);
  for (const option of [
    '--base-url',
    '--client-id',
    '--scopes',
    '--name',
    '--claim-url',
    '--from',
    '--smtp-host',
  ]) {
    expect(stderr).toContain(option);
  }
  expect(stderr).toContain('SEEK_PASS_CLIENT_SECRET');
  expect(stderr).toContain('SEEK_PASS_DATABASE_URL');
  expect(await readdir(folder)).toEqual([]);
});

test('at a terminal it asks for what is not given, and shows no secret', async () => {
  const folder = await temporaryFolder();
  const sandbox = await runningSandbox();
  const asked: string[] = [];
  const answers: Readonly<Record<string, string>> = {
    'Address of SEEK Pass': sandbox.baseUrl,
    'Client id, as SEEK Pass handed it over': sandbox.clientId,
    'Name of the institution, as its learners know it': 'Wattle Bay Institute',
  };
  const questions: Questions = {
    async text({ message, suggested }) {
      asked.push(message);
      return answers[message] ?? suggested ?? '';
    },
    async secret({ message }) {
      asked.push(message);
      return sandbox.clientSecret;
    },
    async choice({ message, choices }) {
      asked.push(message);
      const [first] = choices;
      if (first === undefined) throw new Error('Nothing to choose from.');
      return first.value;
    },
    confirm: () => Promise.resolve(false),
  };
  const { terminal, out, err } = fakeTerminal();
  const context: CommandContext = {
    terminal,
    environment: {},
    questions,
    who: 'cli:test',
    now: Date.now,
    stopped: () => new Promise(() => undefined),
  };
  await runInit({ config: join(folder, 'seek-pass.config.yaml'), from: 'credentials@example.edu' }, context);
  expect(asked).toContain('Which SEEK Pass do you connect to?');
  expect(asked).toContain('Client secret');
  expect(asked.filter((message) => message.includes('come from'))).toEqual([]);
  expect(out.text + err.text).not.toContain(sandbox.clientSecret);
  expect(await readFile(join(folder, 'seek-pass.config.yaml'), 'utf8')).toContain('Wattle Bay Institute');
});
