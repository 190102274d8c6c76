import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandContext } from '../src/command-context.ts';
import { runErase } from '../src/erasing/run-erase.ts';
import type { Questions } from '../src/terminal/questions.ts';
import { freePort } from '../src/free-port.ts';
import { type Issuer, setUpIssuer } from './issuer.ts';
import { type RunningProgram, seekPass, startSeekPass } from './seek-pass-process.ts';
import { fakeTerminal } from './terminal/fake-terminal.ts';

/*
 * Erasing beside `serve`, with real processes over one embedded store. The tests build on each other.
 */

let issuer: Issuer;
let serve: RunningProgram | undefined;
let secretsFile: string;

const header = 'key,credential_type,full_name,email,microcredential_name,issuer_name,issue_date';
const row = (key: string, email: string): string =>
  `${key},microcredential,Nguyễn Thị Lan,${email},Data Analysis with SQL,Wattle Bay Institute,2025-06-27`;

async function issue(...rows: readonly string[]): Promise<string> {
  const file = join(issuer.folder, 'learners.csv');
  await writeFile(file, `${header}\n${rows.join('\n')}\n`);
  const { code, stdout, stderr } = await issuer.run('award', file, '--yes', '--json');
  return code === 0 ? stdout : stdout + stderr;
}

/** With the address on standard input, as a script gives it. */
const erase = (input: string, ...args: readonly string[]) =>
  seekPass(['erase', ...args], { folder: issuer.folder, input });

async function keyIds(): Promise<string[]> {
  const { keyRing } = JSON.parse(await readFile(secretsFile, 'utf8')) as { keyRing: { keys: object } };
  return Object.keys(keyRing.keys);
}

beforeAll(async () => {
  issuer = await setUpIssuer(`http://127.0.0.1:${await freePort()}/claim`);
  secretsFile = join(issuer.folder, 'seek-pass.secrets.json');
  serve = startSeekPass(['serve', '--json'], { folder: issuer.folder, quiet: true, lasting: true });
  await serve.nextLine();
  await issue(row('LONG-KEY-A-1', 'lan@example.edu'), row('B-1', 'minh@example.edu'));
}, 120_000);

afterAll(async () => {
  await serve?.stop('SIGTERM');
  await issuer.close();
});

test('serve mails who is awarded beside it', async () => {
  const mails = () => issuer.sandbox.control.mails.list();
  await expect.poll(mails, { timeout: 60_000 }).toHaveLength(2);
});

test('says whom it needs, and why, before anything is opened', async () => {
  expect((await erase('', '--reason', 'other')).stderr).toContain('in one way');
  expect((await erase('', 'A-1', '--email', '--reason', 'other')).stderr).toContain('in one way');
  expect((await erase('', '--email', '--reason', 'other')).stderr).toContain('standard input');
  expect((await erase('', 'A-1')).stderr).toContain('--reason');
  const nobody = await erase('nobody@example.edu\n', '--email', '--reason', 'other');
  expect(nobody).toMatchObject({ code: 2, stdout: expect.stringContaining('nobody like this') as string });
});

test('security rule 17: a hold is in the way, whoever asks', async () => {
  const held = await seekPass(['erase', 'hold', '--email', '--reason', 'legal_claim'], {
    folder: issuer.folder,
    input: 'lan@example.edu',
  });
  expect(held.code).toBe(0);
  const refused = await erase('', 'LONG-KEY-A-1', '--reason', 'asked_by_person', '--yes');
  expect(refused.code).toBe(1);
  expect(refused.stdout).toMatch(/on the email, because of legal claim/);
  expect((await erase('lan@example.edu', 'lift', '--email')).stdout).toContain('Lifted');
  expect((await erase('lan@example.edu', 'lift', '--email')).code).toBe(1);
});

test('a dry run shows awards with masked keys, and a script needs to say yes', async () => {
  const dry = await erase('lan@example.edu\n', '--email', '--reason', 'asked_by_person', '--dry-run');
  expect(dry.code).toBe(0);
  expect(dry.stdout).toContain('LON…A-1');
  expect(dry.stdout).not.toContain('lan@example.edu');
  expect(dry.stdout).toMatch(/Would be kept[\s\S]*1 {2}records of awards/);
  const unsaid = await erase('lan@example.edu\n', '--email', '--reason', 'asked_by_person');
  expect(unsaid.code).toBe(3);
  expect(unsaid.stderr).toContain('--yes');
  expect((await issuer.run('status', 'LONG-KEY-A-1')).stdout).toContain('ready');
});

test('a person types a word, and another word erases nothing', async () => {
  const { terminal } = fakeTerminal({ isTTY: true });
  const answers = ['lan@example.edu', 'yes'];
  const notAsked = () => Promise.reject(new Error('This is not asked.'));
  const questions: Questions = {
    text: () => Promise.resolve(answers.shift() ?? ''),
    secret: notAsked,
    choice: notAsked,
    confirm: notAsked,
  };
  const context: CommandContext = {
    terminal,
    questions,
    environment: {},
    who: 'cli:test',
    now: Date.now,
    stopped: () => new Promise(() => undefined),
  };
  const config = join(issuer.folder, 'seek-pass.config.yaml');
  await expect(runErase(undefined, { email: true, reason: 'other', config }, context)).rejects.toMatchObject({
    code: 'not_confirmed',
  });
});

test('erases, says what was kept, and no import brings it back', async () => {
  const done = await erase('lan@example.edu\n', '--email', '--reason', 'asked_by_person', '--yes', '--json');
  expect(JSON.parse(done.stdout)).toMatchObject({
    outcome: 'erased',
    removed: { recipients: 1, mails: 1 },
    standing: { standing: 'pending', on: 'key_in_use', keyIds: ['k1'] },
  });
  const status = await issuer.run('status', 'LONG-KEY-A-1');
  expect(status.stdout).toMatch(/erased[\s\S]*lost its recipient/);
  expect(await issue(row('LONG-KEY-A-1', 'lan@example.edu'))).toContain('erased_before');
  expect((await issuer.run('erase', 'list')).stdout).toContain('pending: seek-pass erase finish');
});

test('security rule 17: finish replaces the keys while serve runs, which goes on issuing and mailing', async () => {
  expect(await keyIds()).toEqual(['k1']);
  const rotated = await issuer.run('erase', 'finish', '--only-rotate');
  expect(rotated.stdout).toContain('Copy seek-pass.secrets.json');
  expect(await keyIds()).toEqual(['k1', expect.stringMatching(/^k2-/)]);
  const finished = await issuer.run('erase', 'finish');
  expect(finished.stdout).toMatch(/1 erasure finished: k1 went out/);
  expect(await keyIds()).toEqual([expect.stringMatching(/^k2-/)]);
  expect((await stat(secretsFile)).mode & 0o777).toBe(0o600);
  expect((await readdir(issuer.folder)).filter((name) => name.endsWith('.next'))).toEqual([]);
  expect((await issuer.run('erase', 'list')).stdout).toMatch(/pending until \d{4}-/);
  expect((await issuer.run('erase', 'finish')).stdout).toContain('Nothing to finish');

  // `serve` has to open what was wrapped anew, and mails somebody whose key it has never seen.
  await issue(row('C-1', 'new@example.edu'));
  const to = () => issuer.sandbox.control.mails.list().flatMap((mail) => mail.to);
  await expect.poll(to, { timeout: 60_000 }).toContain('new@example.edu');
  const resent = await issuer.run('resend', 'B-1');
  expect(resent.code).toBe(0);
  await expect
    .poll(() => to().filter((address) => address.includes('minh')), { timeout: 60_000 })
    .toHaveLength(2);
});

test('what was erased may be allowed again', async () => {
  expect((await issuer.run('erase', 'allow', 'LONG-KEY-A-1')).stdout).toContain('Allowed');
  expect(await issue(row('LONG-KEY-A-1', 'lan@example.edu'))).toContain('"created":1');
  const all = [
    'erase',
    'LONG-KEY-A-1',
    '--reason',
    'legal_obligation',
    '--all',
    'order_of_authority',
  ] as const;
  const gone = await issuer.run(...all, '--yes');
  expect(gone.stdout).toMatch(/Kept[\s\S]*the proof of this erasure/);
});

test('says what the rules purge next', async () => {
  const { code, stdout } = await issuer.run('erase', 'due', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ rules: { deliveryDataDays: 730 }, deliveryData: 0, awardRecords: 0 });
});
