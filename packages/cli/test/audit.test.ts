import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { headText, readHeads } from '../src/auditing/heads-file.ts';
import { freePort } from '../src/free-port.ts';
import { type Issuer, setUpIssuer } from './issuer.ts';
import { type RunningProgram, startSeekPass } from './seek-pass-process.ts';

/*
 * The record of one issuer, with real processes over one embedded store, while `serve` runs. The tests build on each other.
 */

let issuer: Issuer;
let serve: RunningProgram | undefined;

const header = 'key,credential_type,full_name,email,microcredential_name,issuer_name,issue_date';
const row = (key: string): string =>
  `${key},microcredential,Nguyễn Thị Lan,${key.toLowerCase()}@example.edu,Data Analysis with SQL,Wattle Bay Institute,2025-06-27`;

beforeAll(async () => {
  issuer = await setUpIssuer(`http://127.0.0.1:${await freePort()}/claim`);
  const file = join(issuer.folder, 'learners.csv');
  await writeFile(file, `${header}\n${row('A-1')}\n${row('A-2')}\n`);
  serve = startSeekPass(['serve', '--json'], { folder: issuer.folder, quiet: true, lasting: true });
  await serve.nextLine();
  await issuer.run('award', file, '--yes');
  await issuer.run('withdraw', 'A-2', '--reason', 'issued_in_error', '--yes', '--json');
}, 120_000);

afterAll(async () => {
  await serve?.stop('SIGTERM');
  await issuer.close();
});

interface Verdict {
  readonly intact: boolean;
  readonly lines: number;
  readonly waiting: { readonly lines: number };
  readonly problems: readonly { readonly kind: string }[];
}

async function verdict(...args: readonly string[]): Promise<Verdict & { readonly code: number | null }> {
  const { code, stdout, stderr } = await issuer.run('audit', 'verify', '--json', ...args);
  if (stdout === '') throw new Error(stderr);
  return { code, ...(JSON.parse(stdout) as Verdict) };
}

test('serve chains what is done, and verify finds it as it was written', async () => {
  await expect.poll(async () => (await verdict()).waiting.lines, { timeout: 60_000 }).toBe(0);
  const { code, intact, lines } = await verdict();
  expect({ code, intact }).toEqual({ code: 0, intact: true });
  expect(lines).toBeGreaterThanOrEqual(3);
  expect((await issuer.run('audit', 'verify')).stdout).toMatch(
    /^As it was written: \d+ lines on \d+ links\./,
  );
}, 60_000);

test('show tells who did what, to whom, when and why; by key, by time, as CSV and JSON', async () => {
  const all = (await issuer.run('audit', 'show', '--json')).stdout.trimEnd().split('\n');
  const entries = all.map((line) => JSON.parse(line) as { what: string; about: string; why: string });
  expect(entries.map(({ what }) => what)).toContain('created');
  const { stdout } = await issuer.run('audit', 'show', '--about', 'award:A-2', '--csv');
  const lines = stdout.trimEnd().split('\r\n');
  expect(lines[0]).toBe('at,who,what,about,why');
  expect(lines).toContainEqual(
    expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z,cli:\w+,withdrawn,award:[\w-]{22},issued_in_error$/),
  );
  expect(stdout).not.toContain('example.edu');
  const later = await issuer.run('audit', 'show', '--since', '2999-01-01');
  expect(later).toMatchObject({
    code: 0,
    stdout: '',
    stderr: expect.stringContaining('Nothing is on record'),
  });
});

test('the head is printed, kept by serve, and found again; one that is not in the chain is a problem', async () => {
  const { stdout } = await issuer.run('audit', 'head');
  const kept = join(issuer.folder, 'elsewhere.jsonl');
  await writeFile(kept, stdout);
  expect(await verdict('--head', kept)).toMatchObject({ code: 0, intact: true });

  const ours = join(issuer.folder, 'audit-heads.jsonl');
  await expect.poll(() => readFile(ours, 'utf8').catch(() => ''), { timeout: 60_000 }).toMatch(/"number":\d/);
  expect((await stat(ours)).mode & 0o077).toBe(0);
  expect(await verdict('--head', ours)).toMatchObject({ code: 0, intact: true });

  const [head] = await readHeads(kept);
  if (head === undefined) throw new Error('There is a head.');
  await writeFile(kept, `${stdout}${headText({ ...head, number: head.number + 1_000 })}`);
  expect(await verdict('--head', kept)).toMatchObject({
    code: 1,
    intact: false,
    problems: [{ kind: 'head_missing' }],
  });
  const told = await issuer.run('audit', 'verify', '--head', kept);
  expect(told.code).toBe(1);
  expect(told.stdout).toMatch(/Not as it was written[\s\S]*head_missing {2}link \d+ of /);
}, 60_000);

test('what is no file of heads, no time or no grant is wrong usage, with the remedy', async () => {
  const other = join(issuer.folder, 'other.jsonl');
  await writeFile(other, headText({ issuer: 'other', number: 1, mac: 'a'.repeat(43), at: 0 }));
  for (const [args, says] of [
    [['verify', '--head', 'nowhere.jsonl'], /cannot be read/],
    [['verify', '--head', join(issuer.folder, 'learners.csv')], /Line 1 of .* is no head/],
    [['verify', '--head', other], /no head of issuer default/],
    [['show', '--since', 'yesterday'], /write it like 2026-11-01/],
    [['show', '--csv', '--json'], /one of the two/],
    [['grants'], /--role/],
    [['grants', '--role', 'app'], /embedded store/],
  ] as const) {
    const { code, stderr } = await issuer.run('audit', ...args);
    expect({ args, code }).toEqual({ args, code: 2 });
    expect(stderr).toMatch(says);
  }
}, 60_000);

test('grants are SQL for the schema of the config', async () => {
  const config = await readFile(join(issuer.folder, 'seek-pass.config.yaml'), 'utf8');
  const file = join(issuer.folder, 'postgres.config.yaml');
  await writeFile(
    file,
    `${config.replace(/^store:\n( .*\n)+/m, '')}store: { postgres: { schema: awards } }\n`,
  );
  const { code, stdout, stderr } = await issuer.run('audit', 'grants', '--config', file, '--role', 'app"x');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^GRANT SELECT, INSERT \([a-z_, ]+\) ON awards\.history TO "app""x";$/m);
  expect(stdout).toMatch(/^BEGIN;\n[\s\S]*\nCOMMIT;\n$/);
});
