import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Issuer, setUpIssuer } from './issuer.ts';
import { learnersFile } from './seek-pass-process.ts';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await setUpIssuer('http://127.0.0.1:4555/claim');
  // One row of the sample is refused.
  const awarded = await issuer.run('award', learnersFile, '--yes');
  if (awarded.code !== 1) throw new Error(`award ended with ${awarded.code}: ${awarded.stderr}`);
}, 120_000);
afterAll(() => issuer.close());

test('a table of 80 columns: over time and by course', async () => {
  const { code, stdout, stderr } = await issuer.run('report', '--time-zone', 'Asia/Jakarta');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const lines = stdout.split('\n');
  expect(lines[0]).toContain('days of Asia/Jakarta');
  expect(lines.find((line) => line.startsWith('In all'))).toMatch(/^In all +49 +0 +0/);
  expect(stdout).toContain('Of the awards issued in these days 0 % are in the wallet now.');
  expect(stdout).toContain('49 awards waiting for their learners today');
}, 60_000);

test('CSV, JSON and a page, of which none names a person', async () => {
  const page = join(issuer.folder, 'report.html');
  const csv = await issuer.run('report', '--csv', '-', '--by', 'month', '--html', page);
  expect(csv.stdout).toMatch(/^\uFEFFfrom,to,credential_type,course,institution,issued,/);
  const json = await issuer.run('report', '--json', '--group', 'none', '--recount');
  expect(JSON.parse(json.stdout)).toMatchObject({
    by: 'week',
    groups: [],
    total: { happened: { issued: 49 } },
  });
  const html = await readFile(page, 'utf8');
  expect(html).toContain('<h1>Credentials in SEEK Pass</h1>');
  const learners = (await readFile(learnersFile, 'utf8')).match(/[\w.+-]+@[\w.-]+/g) ?? [];
  expect(learners.length).toBeGreaterThan(40);
  for (const text of [csv.stdout, json.stdout, html]) {
    for (const learner of learners) expect(text).not.toContain(learner);
  }
}, 60_000);

test.each([
  [['--from', '2026-02-30'], '--from is not a day'],
  [['--from', '2026-03-02', '--to', '2026-03-01'], '--from is after to'],
  [['--time-zone', '+07:00'], '--time-zone is not the name'],
  [['--csv', '-', '--json'], 'both print'],
  [['--from', 'yesterday'], 'Write it like 2026-11-21'],
])(
  'refuses %j with one sentence',
  async (args, sentence) => {
    const { code, stdout, stderr } = await issuer.run('report', ...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(sentence);
  },
  60_000,
);
