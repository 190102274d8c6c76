import { startSandbox } from '@seek-pass-kit/sandbox';
import type { Sandbox, SandboxOptions } from '@seek-pass-kit/sandbox';
import { expect, onTestFinished, test } from 'vitest';
import { learnersFile, seekPass, startSeekPass, temporaryFile } from './seek-pass-process.ts';

interface TrialOutput {
  readonly submitted: readonly {
    readonly row: number;
    readonly fullName: string;
    readonly id: string;
    readonly link: string;
  }[];
  readonly rejected: readonly {
    readonly row: number;
    readonly findings: readonly { readonly column: string; readonly code: string }[];
  }[];
  readonly failed: readonly { readonly row: number; readonly code: string }[];
}

async function runningSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function settingsOf({ baseUrl, clientId, clientSecret }: Sandbox): Record<string, string> {
  return {
    SEEK_PASS_ENVIRONMENT: 'sandbox',
    SEEK_PASS_BASE_URL: baseUrl,
    SEEK_PASS_CLIENT_ID: clientId,
    SEEK_PASS_CLIENT_SECRET: clientSecret,
  };
}

test('--once --json: 49 learners of the sample have a link of their own, row 29 is rejected', async () => {
  const { code, stdout, stderr } = await seekPass(['try', learnersFile, '--once', '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const { submitted, rejected, failed } = JSON.parse(stdout) as TrialOutput;
  expect(submitted).toHaveLength(49);
  expect(new Set(submitted.map(({ link }) => link)).size).toBe(49);
  for (const { link } of submitted) {
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/partner\/add\/microcredential#clientId=sandbox-/);
  }
  expect(rejected).toMatchObject([{ row: 29, findings: [{ column: 'issue_date', code: 'bad_date' }] }]);
  expect(failed).toEqual([]);
});

test('without a file it takes the sample that comes with the package', async () => {
  const { code, stdout } = await seekPass(['try', '--once', '--json']);
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as TrialOutput).submitted).toHaveLength(49);
});

test('people get a table with every learner, the reason of the rejected row, and no colours in a pipe', async () => {
  const { stdout } = await seekPass(['try', learnersFile, '--once']);
  const lines = stdout.split('\n');
  expect(lines.filter((line) => line.includes('/partner/add/'))).toHaveLength(49);
  expect(lines.find((line) => line.includes('น้ำฝน'))).toContain('http://127.0.0.1');
  expect(stdout).toMatch(/Row 29.*ʻAhoʻeitu/);
  expect(stdout).toContain('issue_date is not a date of the calendar');
  expect(stdout).not.toContain('\u001B');
});

test('without --once the sandbox stays open until it is told to stop', async () => {
  const program = startSeekPass(['try', learnersFile, '--json']);
  const { sandbox } = JSON.parse(await program.nextLine()) as { sandbox: { inboxUrl: string } };
  expect((await fetch(sandbox.inboxUrl)).status).toBe(200);
  expect(await program.stop('SIGINT')).toBe(0);
});

test('what was submitted is what the file says, once each, and nothing of the rejected row', async () => {
  const sandbox = await runningSandbox();
  const { code } = await seekPass(['try', learnersFile, '--json'], settingsOf(sandbox));
  expect(code).toBe(0);
  const submissions = sandbox.control.submissions.list(100);
  expect(submissions).toHaveLength(49);
  const seen = JSON.stringify(sandbox.control.requests.list(1000));
  expect(seen).toContain('น้ำฝน บุญค้ำ');
  expect(seen).not.toContain('2025-06-31');
  expect(seen).not.toMatch(/@example\.(edu|org)/);
});

test('trouble on the way is retried and makes no second submission', async () => {
  const sandbox = await runningSandbox();
  const path = '/api/partner/v1/add/*';
  sandbox.control.faults.set({ path, effect: { kind: 'reset', when: 'after' }, count: 3 });
  const { code, stdout } = await seekPass(['try', learnersFile, '--json'], settingsOf(sandbox));
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as TrialOutput).submitted).toHaveLength(49);
  expect(sandbox.control.submissions.list(100)).toHaveLength(49);
});

test('a learner who gets no link is told apart, and the others get theirs', async () => {
  const sandbox = await runningSandbox();
  const path = '/api/partner/v1/add/*';
  sandbox.control.faults.set({ path, effect: { kind: 'status', status: 422 }, count: 1 });
  const { code, stdout } = await seekPass(['try', learnersFile, '--json'], settingsOf(sandbox));
  expect(code).toBe(1);
  const { submitted, failed } = JSON.parse(stdout) as TrialOutput;
  expect(submitted).toHaveLength(48);
  expect(failed).toMatchObject([{ code: 'rejected' }]);
});

test('a file without a good row sends nothing and ends with 1', async () => {
  const sandbox = await runningSandbox();
  const file = await temporaryFile(
    'learners.csv',
    'credential_type,full_name,email,issuer_name,microcredential_name,issue_date\nmicrocredential,Ng,ng,Wattle Bay Institute,SQL,2025-06-27\n',
  );
  const { code } = await seekPass(['try', file, '--json'], settingsOf(sandbox));
  expect(code).toBe(1);
  expect(sandbox.control.requests.list()).toEqual([]);
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
];

test.each(wrong)(
  '%s stops before anything is sent, with one sentence that names the setting',
  async (_, change, sentence) => {
    const sandbox = await runningSandbox();
    const { code, stdout, stderr } = await seekPass(['try', learnersFile], change(settingsOf(sandbox)));
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(sandbox.control.requests.list()).toEqual([]);
  },
);

test('a wrong secret is told once, not 49 times, and is not shown', async () => {
  const sandbox = await runningSandbox();
  const clientSecret = 'a1b2c3d4e5f6a7b8c9d0e1f2';
  const { code, stdout, stderr } = await seekPass(['try', learnersFile], {
    ...settingsOf(sandbox),
    SEEK_PASS_CLIENT_SECRET: clientSecret,
  });
  expect(code).toBe(2);
  expect(stdout + stderr).not.toContain(clientSecret);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(sandbox.control.submissions.list()).toEqual([]);
});

test('an address where nothing answers is told once, with the setting', async () => {
  const sandbox = await runningSandbox();
  const settings = settingsOf(sandbox);
  await sandbox.close();
  const { code, stderr } = await seekPass(['try', learnersFile], settings);
  expect(code).toBe(2);
  expect(stderr).toContain('SEEK_PASS_BASE_URL');
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('a clock that is off by minutes stops before a learner is submitted', async () => {
  const sandbox = await runningSandbox();
  sandbox.control.clock.advance({ minutes: 11 });
  const { code, stderr } = await seekPass(['try', learnersFile], {
    ...settingsOf(sandbox),
    SEEK_PASS_MAX_CLOCK_SKEW_SECONDS: '300',
  });
  expect(code).toBe(2);
  expect(stderr).toMatch(/clock of this machine is about 11 min behind/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(sandbox.control.submissions.list()).toEqual([]);
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
