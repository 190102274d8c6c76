import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { openEmbeddedPlace } from '../src/flow/embedded-place.ts';
import type { RehearsalReport } from '../src/rehearsing/rehearsal-report.ts';
import { plans } from '../src/rehearsing/plans.ts';
import { seekPass, temporaryFile, temporaryFolder } from './seek-pass-process.ts';

const patience = 240_000;

test(
  '60 learners: every one ends as planned, and the report says what it took',
  async () => {
    const folder = await temporaryFolder();
    const { code, stdout, stderr } = await seekPass(
      ['rehearse', '--learners', '60', '--workers', '2', '--json'],
      {
        folder,
        settings: { TMPDIR: folder },
      },
    );
    expect(stderr).toBe('');
    const report = JSON.parse(stdout) as RehearsalReport;
    expect(report).toMatchObject({ verdict: 'as_planned', learners: 60, workers: 2, faults: {} });
    expect(code).toBe(0);
    expect(report.plans.map(({ plan }) => plan)).toEqual(plans);
    for (const { learners, asPlanned } of report.plans) {
      expect(learners).toBeGreaterThan(0);
      expect(asPlanned).toBe(learners);
    }
    const { calls, mails, phases, memory } = report;
    expect(calls.byOperation['add']).toBe(calls.claims);
    expect(calls.submissions).toBeLessThan(calls.claims);
    // And some that are repeated with a new token, because the clock moved past the life of the old one.
    const called = Object.values(calls.byOperation).reduce((sum, count) => sum + count, 0);
    expect(calls.requestsAtSeekPass).toBeGreaterThanOrEqual(called);
    expect(mails.byState).toEqual({ accepted: mails.claim + mails.code });
    expect(phases.map(({ name }) => name)).toContain('Claims on day 3');
    expect(memory.rehearsal).toBeGreaterThan(0);
    // Neither settings nor data stay behind.
    expect(await readdir(folder)).toEqual([]);
  },
  patience,
);

test(
  'with --config it uses that database, in a schema of its own that is gone afterwards',
  async () => {
    const { place, store } = await openEmbeddedPlace([join(await temporaryFolder(), 'store')]);
    onTestFinished(() => store.close());
    const cluster = join(place.folder, 'cluster');
    const password = (await readFile(join(cluster, 'password'), 'utf8')).trim();
    const url = `postgres://seek_pass:${password}@/postgres?host=${encodeURIComponent(cluster)}`;
    const config = await temporaryFile(
      'seek-pass.config.yaml',
      `environment: sandbox
clientId: sandbox-1
claimBaseUrl: http://127.0.0.1:8080/claim
brand: { name: Example University }
store: { postgres: {} }
`,
    );
    const args = ['rehearse', '--learners', '12', '--config', config, '--json'];
    const { code, stdout } = await seekPass(args, { settings: { SEEK_PASS_DATABASE_URL: url } });
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'as_planned', store: 'postgres', learners: 12 });
    expect(code).toBe(0);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'seek_pass%'`);
    await client.end();
    // Of the store that is open meanwhile.
    expect(rows).toEqual([{ nspname: 'seek_pass' }]);
    const without = await seekPass(args);
    expect(without.code).toBe(2);
    expect(without.stderr).toContain('SEEK_PASS_DATABASE_URL');
  },
  patience,
);

test(
  'Ctrl+C ends it, with its hosts and its database, and leaves nothing behind',
  async () => {
    const folder = await temporaryFolder();
    const program = spawn(
      process.execPath,
      [fileURLToPath(new URL('../bin/seek-pass.mjs', import.meta.url)), 'rehearse', '--learners', '5000'],
      { env: { PATH: process.env['PATH'], TMPDIR: folder }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    program.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const ended = once(program, 'close') as Promise<[number | null]>;
    const file = await configOf(folder);
    // It is under way when a host of it serves.
    await untilServed(file);
    const pid = await serverOf(folder);
    program.kill('SIGINT');
    const [code] = await ended;
    expect(code).toBe(2);
    expect(said).toContain('Stopped: nothing is left behind.');
    expect(await readdir(folder)).toEqual([]);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  },
  patience,
);

test.each<[string, Record<string, string>]>([
  ['SEEK_PASS_ENVIRONMENT is production', { SEEK_PASS_ENVIRONMENT: 'production' }],
  ['NODE_ENV is production', { NODE_ENV: 'production' }],
])('security rule 22: it does not run where %s', async (why, settings) => {
  const { code, stdout, stderr } = await seekPass(['rehearse', '--learners', '5'], { settings });
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(why);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('security rule 22: it does not borrow the database of an issuer of SEEK Pass itself', async () => {
  const config = await temporaryFile(
    'seek-pass.config.yaml',
    `environment: staging
clientId: university-1
claimBaseUrl: https://credentials.example.edu/claim
brand: { name: Example University }
store: { postgres: {} }
`,
  );
  const { code, stderr } = await seekPass(['rehearse', '--learners', '5', '--config', config]);
  expect(code).toBe(2);
  expect(stderr).toContain('is staging');
});

/** The config of a rehearsal that has its temporary files here. */
async function configOf(folder: string): Promise<string> {
  for (;;) {
    const rehearsal = (await readdir(folder)).find((name) => name.startsWith('seek-pass-rehearsal-'));
    const file = rehearsal === undefined ? undefined : join(folder, rehearsal, 'seek-pass.config.yaml');
    if (file !== undefined && (await readFile(file, 'utf8').catch(() => '')) !== '') return file;
    await pause();
  }
}

async function untilServed(file: string): Promise<void> {
  const [, origin = ''] = /claimBaseUrl: (http:\/\/[\d.:]+)/.exec(await readFile(file, 'utf8')) ?? [];
  while (
    !(await fetch(`${origin}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await pause();
}

/** The process id of its database server. */
async function serverOf(folder: string): Promise<number> {
  const [rehearsal = ''] = await readdir(folder);
  const file = join(folder, rehearsal, 'store', 'cluster', 'data', 'postmaster.pid');
  return Number.parseInt(await readFile(file, 'utf8'), 10);
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
}
