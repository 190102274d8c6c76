import { dirname } from 'node:path';
import { startSandbox } from '@seek-pass-kit/sandbox';
import type { Sandbox, SandboxOptions } from '@seek-pass-kit/sandbox';
import { expect, onTestFinished, test } from 'vitest';
import {
  learnersFile,
  type Run,
  seekPass,
  startSeekPass,
  temporaryFile,
  temporaryFolder,
} from './seek-pass-process.ts';

interface TrialOutput {
  readonly sandbox?: { readonly inboxUrl: string };
  readonly claimPages: string;
  readonly awarded: readonly {
    readonly row: number;
    readonly key: string;
    readonly fullName: string;
    readonly awardId: string;
    readonly link: string;
  }[];
  readonly rejected: readonly {
    readonly row: number;
    readonly findings: readonly { readonly column: string; readonly code: string }[];
  }[];
  readonly mails?: Readonly<Record<string, number>>;
}

const onceAsJson = ['--once', '--json'];

function outputOf({ stdout }: Run): TrialOutput {
  return JSON.parse(stdout) as TrialOutput;
}

async function runningSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function settingsOf({ baseUrl, clientId, clientSecret, smtpPort }: Sandbox): Record<string, string> {
  return {
    SEEK_PASS_ENVIRONMENT: 'sandbox',
    SEEK_PASS_BASE_URL: baseUrl,
    SEEK_PASS_CLIENT_ID: clientId,
    SEEK_PASS_CLIENT_SECRET: clientSecret,
    SEEK_PASS_SANDBOX_SMTP_PORT: String(smtpPort),
  };
}

test('--once --json: 49 learners of the sample have a claim link of their own and a mail, row 29 is rejected', async () => {
  const run = await seekPass(['try', learnersFile, ...onceAsJson]);
  expect(run.stderr).toBe('');
  expect(run.code).toBe(0);
  const { claimPages, awarded, rejected, mails } = outputOf(run);
  expect(awarded).toHaveLength(49);
  expect(new Set(awarded.map(({ link }) => link)).size).toBe(49);
  for (const { awardId, link } of awarded) expect(link).toContain(`${claimPages}/${awardId}/`);
  expect(rejected).toMatchObject([{ row: 29, findings: [{ column: 'issue_date', code: 'bad_date' }] }]);
  expect(mails).toEqual({ accepted: 49 });
});

test('without a file it takes the sample that comes with the package', async () => {
  const run = await seekPass(['try', ...onceAsJson]);
  expect(run.code).toBe(0);
  expect(outputOf(run).awarded).toHaveLength(49);
});

test('people get a table with every learner, the reason of the rejected row, and no colours in a pipe', async () => {
  const { stdout } = await seekPass(['try', learnersFile, '--once']);
  const lines = stdout.split('\n');
  expect(lines.filter((line) => line.includes('/claim/'))).toHaveLength(49);
  expect(lines.find((line) => line.includes('น้ำฝน'))).toContain('http://127.0.0.1');
  expect(stdout).toMatch(/Row 29.*ʻAhoʻeitu/);
  expect(stdout).toContain('issue_date is not a date of the calendar');
  expect(stdout).not.toContain('\u001B');
});

test('without --once the claim pages stay open, and another terminal sees the awards, until it is told to stop', async () => {
  const folder = await temporaryFolder();
  const program = startSeekPass(['try', learnersFile, '--json'], { folder });
  const { sandbox, awarded } = JSON.parse(await program.nextLine()) as TrialOutput;
  expect((await fetch(sandbox?.inboxUrl ?? '')).status).toBe(200);
  const page = await fetch(awarded[0]?.link ?? '', { redirect: 'manual' });
  expect(page.status).toBe(303);
  const status = await seekPass(['status', '--json'], { folder });
  expect(JSON.parse(status.stdout)).toMatchObject({ awards: { ready: 49 } });
  expect(await program.stop('SIGINT')).toBe(0);
  expect((await seekPass(['status'], { folder })).code).toBe(2);
});

test('the next trial of a folder knows nothing of the one before', async () => {
  const folder = await temporaryFolder();
  for (const _ of [1, 2]) {
    const program = startSeekPass(['try', learnersFile, '--json'], { folder });
    await program.nextLine();
    const { stdout } = await seekPass(['status', '--json'], { folder });
    expect(JSON.parse(stdout)).toMatchObject({ awards: { ready: 49 } });
    expect(await program.stop('SIGTERM')).toBe(0);
  }
});

test('where no database can run, the awards are in memory, it is said, and the claim pages work all the same', async () => {
  const file = await temporaryFile('.seek-pass', 'no folder');
  const folder = dirname(file);
  const program = startSeekPass(['try', learnersFile, '--json'], {
    folder,
    settings: { TMPDIR: file },
    quiet: true,
  });
  const { awarded, config } = JSON.parse(await program.nextLine()) as TrialOutput & { config?: string };
  expect(config).toBeUndefined();
  const page = await fetch(awarded[0]?.link ?? '', { redirect: 'manual' });
  expect(page.status).toBe(303);
  expect(await program.stop('SIGINT')).toBe(0);
});

test('SEEK Pass is told nothing about anybody before a learner claims', async () => {
  const sandbox = await runningSandbox();
  const { code } = await seekPass(['try', learnersFile, ...onceAsJson], { settings: settingsOf(sandbox) });
  expect(code).toBe(0);
  expect(sandbox.control.submissions.list(100)).toEqual([]);
  expect(JSON.stringify(sandbox.control.requests.list(1000))).not.toMatch(/@example|SQL/);
  const mails = sandbox.control.mails.list();
  expect(mails).toHaveLength(49);
  expect(JSON.stringify(mails)).not.toContain('2025-06-31');
});

test('a file without a good row mails nobody and ends with 1', async () => {
  const sandbox = await runningSandbox();
  const file = await temporaryFile(
    'learners.csv',
    'credential_type,full_name,email,issuer_name,microcredential_name,issue_date\nmicrocredential,Ng,ng,Wattle Bay Institute,SQL,2025-06-27\n',
  );
  const { code } = await seekPass(['try', file, ...onceAsJson], { settings: settingsOf(sandbox) });
  expect(code).toBe(1);
  expect(sandbox.control.mails.list()).toEqual([]);
});

const wrong: readonly [string, (right: Record<string, string>) => Record<string, string>, RegExp][] = [
  [
    'a missing secret',
    (right) => ({ ...right, SEEK_PASS_CLIENT_SECRET: '' }),
    /SEEK_PASS_CLIENT_SECRET is missing/,
  ],
  [
    'a placeholder for a secret',
    (right) => ({ ...right, SEEK_PASS_CLIENT_SECRET: 'your-client-secret' }),
    /SEEK_PASS_CLIENT_SECRET.*placeholder/,
  ],
  [
    'a missing client id',
    (right) => ({ ...right, SEEK_PASS_CLIENT_ID: '' }),
    /SEEK_PASS_CLIENT_ID is missing/,
  ],
  [
    'a client id of another environment',
    (right) => ({ ...right, SEEK_PASS_CLIENT_ID: 'university-1' }),
    /SEEK_PASS_CLIENT_ID/,
  ],
  ['a missing base URL', (right) => ({ ...right, SEEK_PASS_BASE_URL: '' }), /SEEK_PASS_BASE_URL is missing/],
  [
    'a missing SMTP port',
    (right) => ({ ...right, SEEK_PASS_SANDBOX_SMTP_PORT: '' }),
    /SEEK_PASS_SANDBOX_SMTP_PORT is missing/,
  ],
  [
    'an environment that does not exist',
    (right) => ({ ...right, SEEK_PASS_ENVIRONMENT: 'prod' }),
    /SEEK_PASS_ENVIRONMENT.*sandbox, staging and production/,
  ],
  [
    'production',
    (right) => ({ ...right, SEEK_PASS_ENVIRONMENT: 'production' }),
    /SEEK_PASS_ENVIRONMENT is production: unset it/,
  ],
  [
    'staging',
    (right) => ({ ...right, SEEK_PASS_ENVIRONMENT: 'staging' }),
    /SEEK_PASS_ENVIRONMENT is staging: unset it/,
  ],
  [
    'a skew that is no number',
    (right) => ({ ...right, SEEK_PASS_MAX_CLOCK_SKEW_SECONDS: 'few' }),
    /SEEK_PASS_MAX_CLOCK_SKEW_SECONDS/,
  ],
  [
    'a wrong secret, which is not shown',
    (right) => ({ ...right, SEEK_PASS_CLIENT_SECRET: 'a1b2c3d4e5f6a7b8c9d0e1f2' }),
    /^(?!.*a1b2c3d4).*SEEK_PASS_CLIENT_SECRET/,
  ],
];

test.each(wrong)(
  '%s stops before anybody is mailed, with one sentence that names the setting',
  async (_, change, sentence) => {
    const sandbox = await runningSandbox();
    const settings = change(settingsOf(sandbox));
    const { code, stdout, stderr } = await seekPass(['try', learnersFile, '--once'], { settings });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(sandbox.control.mails.list()).toEqual([]);
  },
);

test('an address where nothing answers is told once, with the setting', async () => {
  const sandbox = await runningSandbox();
  const settings = settingsOf(sandbox);
  await sandbox.close();
  const { code, stderr } = await seekPass(['try', learnersFile], { settings });
  expect(code).toBe(2);
  expect(stderr).toContain('SEEK_PASS_BASE_URL');
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('a clock that is off by minutes stops before anybody is mailed', async () => {
  const sandbox = await runningSandbox();
  sandbox.control.clock.advance({ minutes: 11 });
  const settings = { ...settingsOf(sandbox), SEEK_PASS_MAX_CLOCK_SKEW_SECONDS: '300' };
  const { code, stderr } = await seekPass(['try', learnersFile], { settings });
  expect(code).toBe(2);
  expect(stderr).toMatch(/clock of this machine is about 11 min behind/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(sandbox.control.mails.list()).toEqual([]);
});

test('a CSV with a missing column stops before a sandbox starts', async () => {
  const file = await temporaryFile(
    'learners.csv',
    'credential_type,full_name,email\nmicrocredential,Ng,a@example.edu\n',
  );
  const { code, stderr } = await seekPass(['try', file]);
  expect(code).toBe(2);
  expect(stderr).toContain('issue_date is missing');
});
