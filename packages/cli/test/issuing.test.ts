import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandContext } from '../src/command-context.ts';
import { withdrawAward } from '../src/following/withdraw-award.ts';
import { freePort } from '../src/free-port.ts';
import type { Questions } from '../src/terminal/questions.ts';
import { type Issuer, setUpIssuer } from './issuer.ts';
import { learnersFile, type RunningProgram, startSeekPass } from './seek-pass-process.ts';
import { fakeTerminal } from './terminal/fake-terminal.ts';

/*
 * One issuer from the first dry run to a withdrawal, with real processes over one embedded store: `serve` runs all the
 * while, and every other command comes and goes beside it. The tests build on each other.
 */

let issuer: Issuer;
let serve: RunningProgram | undefined;
let serving: { readonly listening: string; readonly health: string; readonly metrics?: string };
let file: string;

const header = 'key,credential_type,full_name,email,microcredential_name,issuer_name,issue_date';
const row = (key: string, email: string, title = 'Data Analysis with SQL'): string =>
  `${key},microcredential,Nguyễn Thị Lan,${email},${title},Wattle Bay Institute,2025-06-27`;

beforeAll(async () => {
  issuer = await setUpIssuer(`http://127.0.0.1:${await freePort()}/claim`);
  file = join(issuer.folder, 'learners.csv');
  await writeFile(file, `${header}\n${row('A-1', 'lan@example.edu')}\n${row('A-2', 'minh@example.edu')}\n`);
}, 120_000);

afterAll(async () => {
  await serve?.stop('SIGTERM');
  await issuer.close();
});

/** Somebody at a terminal who types this when a text is asked for. */
function personWho(types: string): Questions {
  const notAsked = () => Promise.reject(new Error('This is not asked.'));
  return { text: () => Promise.resolve(types), secret: notAsked, choice: notAsked, confirm: notAsked };
}

async function statusOf(key: string): Promise<{ state: string; history: { what: string; who: string }[] }> {
  const { stdout } = await issuer.run('status', key, '--json');
  return JSON.parse(stdout) as Awaited<ReturnType<typeof statusOf>>;
}

async function readyAwards(): Promise<number> {
  const { stdout } = await issuer.run('status', '--json');
  return (JSON.parse(stdout) as { awards: { ready?: number } }).awards.ready ?? 0;
}

test('a dry run says what would happen, writes it down, and stores nothing', async () => {
  const { code, stdout } = await issuer.run('award', learnersFile, '--dry-run', '--results', 'looked.csv');
  expect(code).toBe(1);
  expect(stdout).toMatch(/Row 29[\s\S]*bad_date/);
  expect(stdout).toMatch(/49 {2}new/);
  const results = await readFile(join(issuer.folder, 'looked.csv'), 'utf8');
  expect(results.trimEnd().split('\r\n')).toHaveLength(51);
  expect((await issuer.run('status')).stdout).toContain('No awards yet');
});

test('a script that does not say yes issues nothing and is told what to say', async () => {
  const { code, stderr } = await issuer.run('award', file);
  expect(code).toBe(3);
  expect(stderr).toContain('--confirm 2 or --yes');
  expect((await issuer.run('status')).stdout).toContain('No awards yet');
});

test('serve says where it is, and awards that are issued beside it are mailed', async () => {
  serve = startSeekPass(['serve', '--json'], { folder: issuer.folder, quiet: true, lasting: true });
  serving = JSON.parse(await serve.nextLine()) as typeof serving;
  expect((await fetch(serving.health)).status).toBe(200);
  expect((await fetch(`${serving.listening}/metrics`)).status).toBe(404);
  const { code, stdout } = await issuer.run('award', file, '--yes', '--json', '--results', 'issued.csv');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ended: 'done', run: { results: { created: 2, refused: 0 } } });
  expect(await readFile(join(issuer.folder, 'issued.csv'), 'utf8')).toMatch(/2,A-1,created,'?[\w-]{22},1,/);
  const mailed = () => issuer.sandbox.control.mails.list().flatMap(({ to }) => to);
  await expect.poll(mailed, { timeout: 60_000 }).toHaveLength(2);
  expect((await statusOf('A-1')).state).toBe('ready');
});

test('issuing the same file again changes nothing and mails nobody', async () => {
  const { code, stdout } = await issuer.run('award', file, '--yes', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    ended: 'nothing_to_issue',
    dryRun: { results: { unchanged: 2 } },
  });
});

test('a correction needs its number, not only a yes', async () => {
  const corrected = join(issuer.folder, 'corrected.csv');
  await writeFile(corrected, `${header}\n${row('A-2', 'minh@example.edu', 'Data Analysis with R')}\n`);
  const only = await issuer.run('award', corrected, '--yes');
  expect(only.code).toBe(3);
  expect(only.stderr).toContain('--confirm 1');
  const { code } = await issuer.run('award', corrected, '--confirm', '1');
  expect(code).toBe(0);
  expect((await issuer.run('status', 'A-2')).stdout).toContain('version 2');
});

test('of a large file ten go out first, and the others wait for a word', async () => {
  const large = join(issuer.folder, 'large.csv');
  const rows = Array.from({ length: 520 }, (_, at) => row(`L-${at}`, `l${at}@example.edu`));
  await writeFile(large, `${header}\n${rows.join('\n')}\n`);
  expect((await issuer.run('award', large, '--yes')).code).toBe(3);
  const first = await issuer.run('award', large, '--confirm', '520', '--results', 'large-results.csv');
  expect(first.code).toBe(3);
  expect(first.stdout).toContain('--canary-passed --confirm 510');
  expect((await statusOf('L-9')).state).toBe('ready');
  expect((await issuer.run('status', 'L-10')).code).toBe(2);
  const rest = await issuer.run('award', large, '--confirm', '510', '--canary-passed', '--json');
  expect(rest.code).toBe(0);
  expect(JSON.parse(rest.stdout)).toMatchObject({ run: { results: { created: 510, unchanged: 10 } } });
  const results = await readFile(join(issuer.folder, 'large-results.csv'), 'utf8');
  expect(results.trimEnd().split('\r\n')).toHaveLength(11);
});

test('titles that are not ours: nothing is issued, and a mapping is suggested', async () => {
  const foreign = join(issuer.folder, 'foreign.csv');
  const titles = 'Certificate number,Name,E-mail,Course,Institution,Date issued';
  await writeFile(
    foreign,
    `${titles}\nA-3,Nguyễn Thị Lan,lan@example.edu,SQL,Wattle Bay Institute,2025-06-27\n`,
  );
  const refused = await issuer.run('award', foreign, '--type', 'microcredential', '--yes');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('--mapping');
  await writeFile(join(issuer.folder, 'mapping.yaml'), refused.stdout);
  const { code } = await issuer.run('award', foreign, '--mapping', 'mapping.yaml', '--yes');
  expect(code).toBe(0);
  expect((await statusOf('A-3')).state).toBe('ready');
});

test('resend mails once more, and says which key it does not know', async () => {
  const before = issuer.sandbox.control.mails.list().length;
  const { code, stdout } = await issuer.run('resend', 'A-1', 'a-1', '--json');
  expect(code).toBe(1);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { key: 'A-1', outcome: 'queued' },
    { key: 'a-1', outcome: 'unknown_award' },
  ]);
  await expect
    .poll(() => issuer.sandbox.control.mails.list().length, { timeout: 60_000 })
    .toBeGreaterThan(before);
  const { history } = await statusOf('A-1');
  expect(history.find(({ what }) => what === 'mail_requested')?.who).toMatch(/^cli:/);
});

test('security rule 13: withdrawing needs a word of a person, and says what it cannot reach', async () => {
  const unsaid = await issuer.run('withdraw', 'A-1', '--reason', 'issued_in_error');
  expect(unsaid.code).toBe(3);
  expect((await statusOf('A-1')).state).toBe('ready');
  const { code, stdout } = await issuer.run(
    'withdraw',
    'A-1',
    '--reason',
    'issued_in_error',
    '--yes',
    '--json',
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'withdrawn', inWallet: false, openAtSeekPass: false });
  expect((await issuer.run('status', 'A-1')).stdout).toMatch(
    /withdrawn[\s\S]*was withdrawn \(issued in error\)/,
  );
  expect((await issuer.run('resend', 'A-1', '--json')).stdout).toContain('"closed"');
});

test('security rule 13: at a terminal the key is typed, also with --yes', async () => {
  const config = join(issuer.folder, 'seek-pass.config.yaml');
  const withdraw = async (typed: string): Promise<{ said: string; outcome: unknown }> => {
    const { terminal, err } = fakeTerminal();
    const context: CommandContext = {
      terminal,
      environment: {},
      questions: personWho(typed),
      who: 'cli:test',
      now: Date.now,
      stopped: () => new Promise(() => undefined),
    };
    const outcome = await withdrawAward('L-0', { config, reason: 'other', yes: true }, context).catch(
      (error: unknown) => error,
    );
    return { said: err.text, outcome };
  };
  const wrong = await withdraw('L-1');
  expect(wrong.said).toContain('A copy in a wallet cannot be recalled');
  expect(wrong.outcome).toMatchObject({ code: 'not_confirmed' });
  expect((await statusOf('L-0')).state).toBe('ready');
  expect((await withdraw('L-0')).outcome).toBe(0);
  expect((await statusOf('L-0')).state).toBe('withdrawn');
});

test('status --watch shows the change that another process makes', async () => {
  const watch = startSeekPass(['status', 'A-3', '--watch', '--json'], { folder: issuer.folder });
  expect(await watch.nextLine()).toContain('"state":"ready"');
  await issuer.run('withdraw', 'A-3', '--reason', 'other', '--yes', '--json');
  // A mail that leaves meanwhile is a change too.
  while (!(await watch.nextLine()).includes('"state":"withdrawn"'));
  expect(await watch.stop('SIGINT')).toBe(0);
});

test('an award that there is not ends with 2, whoever asks', async () => {
  for (const args of [
    ['status', 'B-1'],
    ['withdraw', 'B-1', '--reason', 'other', '--yes', '--json'],
  ]) {
    const { code, stderr } = await issuer.run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain('no award with this key');
  }
});

test('SIGTERM ends serve in order, and the store is there for the next command', async () => {
  const toldAt = Date.now();
  expect(await serve?.stop('SIGTERM')).toBe(0);
  expect(Date.now() - toldAt).toBeLessThan(20_000);
  serve = undefined;
  await expect(fetch(serving.health)).rejects.toThrow('fetch failed');
  expect((await issuer.run('status', '--json')).stdout).toContain('"withdrawn":3');
});

test('a run that is killed in the middle goes on where it was: no award is missing, none is there twice', {
  timeout: 120_000,
}, async () => {
  const cohort = join(issuer.folder, 'cohort.csv');
  const rows = Array.from({ length: 3000 }, (_, at) => row(`K-${at}`, `k${at}@example.edu`));
  await writeFile(cohort, `${header}\n${rows.join('\n')}\n`);
  const before = await readyAwards();
  await issuer.run('award', cohort, '--confirm', '3000');
  const args = ['award', cohort, '--confirm', '2990', '--canary-passed'];
  const killed = startSeekPass([...args, '--results', 'killed.csv'], { folder: issuer.folder });
  const results = () => readFile(join(issuer.folder, 'killed.csv'), 'utf8').catch(() => '');
  await expect
    .poll(async () => (await results()).length, { timeout: 60_000, interval: 20 })
    .toBeGreaterThan(0);
  await killed.stop('SIGKILL');

  const look = await issuer.run('award', cohort, '--dry-run', '--json');
  const { brake } = JSON.parse(look.stdout) as { brake: { awards: number } };
  expect(brake.awards).toBeLessThan(2990);
  const rest = await issuer.run('award', cohort, '--confirm', String(brake.awards), '--canary-passed');
  expect(rest.code).toBe(0);
  expect((await readyAwards()) - before).toBe(3000);
});

test('nothing secret and no claim token is in what the commands printed or wrote', async () => {
  const secrets = JSON.parse(await readFile(join(issuer.folder, 'seek-pass.secrets.json'), 'utf8')) as object;
  const { stdout, stderr } = await issuer.run('status', 'A-2', '--json');
  const written = await Promise.all(
    ['looked.csv', 'issued.csv', 'seek-pass.config.yaml'].map((name) =>
      readFile(join(issuer.folder, name), 'utf8'),
    ),
  );
  const all = [stdout, stderr, ...written].join();
  expect(all).not.toMatch(/\/claim\/[\w-]{22}\//);
  for (const secret of Object.values(secrets))
    if (typeof secret === 'string') expect(all).not.toContain(secret);
});
