import { describe, expect, it } from 'vitest';
import { withdraw } from '../../src/awards/withdraw.ts';
import { dryRun } from '../../src/bulk/dry-run.ts';
import type { BulkFile } from '../../src/bulk/bulk-file.ts';
import type { BulkRunOptions } from '../../src/bulk/issue-bulk.ts';
import { issueBulk } from '../../src/bulk/issue-bulk.ts';
import { refusedKeys } from '../../src/bulk/refused-keys.ts';
import { resultsCsv } from '../../src/bulk/results-csv.ts';
import type { RowOutcome } from '../../src/bulk/row-outcome.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { openAddFlow } from '../add-flow-fixture.ts';
import { fixtureStart } from '../standing-clock.ts';
import { bulkFile, codesOf, learnerRow, learners } from './bulk-fixture.ts';
import { pieces } from './rows-of.ts';

/** A dry run, and the run after it. */
async function run(context: FlowContext, file: BulkFile, options: Partial<BulkRunOptions> = {}) {
  const rows: RowOutcome[] = [];
  const planned = await dryRun(context, file);
  const report = await issueBulk(context, file, planned, {
    who: 'staff-7',
    onRow: (row) => void rows.push(row),
    ...options,
  });
  return { planned, report, rows };
}

/** Later each time: who asks holds the jobs for a moment. */
let askedAt = fixtureStart + 1e9;

/** When the claim mails are due that wait; in milliseconds since the fixture began. */
async function mailsDue({ store }: FlowContext): Promise<number[]> {
  askedAt += 10;
  const now = askedAt;
  const request = { issuers: ['default'], kinds: ['claim_mail'], limit: 10_000, leaseMs: 1, now };
  return (await store.jobs.claim(request)).map(({ runAt }) => runAt - fixtureStart);
}

describe('issuing a file', () => {
  it('issues every row that can be issued, and says of each what it came to', async () => {
    const { context, store } = await openAddFlow();
    const file = bulkFile([learnerRow(0), learnerRow(1, { date: 'soon' }), learnerRow(2)]);
    const { report, rows } = await run(context, file);
    expect(report).toMatchObject({ outcome: 'done', rows: 3, results: { created: 2, refused: 1 } });
    expect(Object.fromEntries(rows.map(({ row, result }) => [row, result]))).toEqual({
      2: 'created',
      3: 'refused',
      4: 'created',
    });
    const created = rows.find(({ row }) => row === 2);
    expect(created).toMatchObject({ key: 'WELD-0', version: 1, awardId: expect.any(String) });
    expect(await store.read.countByState('default')).toEqual({ ready: 2 });
  });

  it('of the same file twice mails nobody twice', async () => {
    const { context } = await openAddFlow();
    await run(context, learners(20));
    expect(await mailsDue(context)).toHaveLength(20);
    const { report } = await run(context, learners(20));
    expect(report).toMatchObject({ outcome: 'done', results: { unchanged: 20, created: 0 } });
    expect(await mailsDue(context)).toHaveLength(20);
  });

  it('after a crash issues the rest, and nothing again', async () => {
    const { context, store } = await openAddFlow();
    const file = learners(1_300);
    const limits = { unconfirmedAwards: 10_000 };
    let seen = 0;
    const crash = async () => {
      seen += 1;
      if (seen > 300) throw new Error('the machine is gone');
    };
    await expect(run(context, file, { ...limits, onRow: crash })).rejects.toThrow('gone');
    const { ready = 0 } = await store.read.countByState('default');
    expect(ready).toBeGreaterThanOrEqual(300);
    expect(ready).toBeLessThan(1_300);
    const { report } = await run(context, file, limits);
    expect(report.results).toMatchObject({ unchanged: ready, created: 1_300 - ready });
    expect(await mailsDue(context)).toHaveLength(1_300);
  });

  it('refuses another file than the one that was looked at', async () => {
    const { context, store } = await openAddFlow();
    const planned = await dryRun(context, learners(2));
    await expect(issueBulk(context, learners(3), planned, { who: 'staff-7' })).rejects.toMatchObject({
      code: 'file_changed',
    });
    expect(await store.read.countByState('default')).toEqual({});
  });

  it('brings back what was withdrawn only when the dry run was asked to', async () => {
    const { context, store } = await openAddFlow();
    const { rows } = await run(context, learners(1));
    await withdraw(context, { awardId: rows[0]?.awardId ?? '', reason: 'other', who: 'staff-7' });
    expect((await run(context, learners(1))).rows.map(codesOf)).toEqual([['withdrawn']]);
    const planned = await dryRun(context, learners(1), { reissueWithdrawn: true });
    const report = await issueBulk(context, learners(1), planned, { who: 'staff-7', confirmed: 1 });
    expect(report.results).toMatchObject({ replaces: 1 });
    expect(await store.read.countByState('default')).toEqual({ withdrawn: 1, ready: 1 });
  });

  it('repeats only what was refused, by the results of the last run', async () => {
    const { context, store } = await openAddFlow();
    const stop = (stopped: boolean) =>
      store.transaction((tx) =>
        tx.setStopped({
          issuer: 'default',
          credentialType: null,
          stopped,
          at: 1,
          who: 'staff-7',
          why: 'other',
        }),
      );
    const first = bulkFile([learnerRow(0)]);
    await run(context, first);
    await stop(true);
    const both = bulkFile([learnerRow(0), learnerRow(1)]);
    const { rows } = await run(context, both);
    expect(rows.map(codesOf)).toEqual([[], ['issuing_stopped']]);
    const csv = resultsCsv();
    const results = Buffer.from(csv.header() + rows.map(csv.line).join(''));

    await stop(false);
    const only = await refusedKeys(pieces(results));
    expect([...only]).toEqual(['WELD-1']);
    const { report } = await run(context, { ...both, only });
    expect(report).toMatchObject({ outcome: 'done', rows: 1, results: { created: 1 } });
  });

  it('tells how far it is', async () => {
    const { context, clock } = await openAddFlow();
    const told: unknown[] = [];
    const onRow = () => clock.advance(10);
    const { report } = await run(context, learners(250), { onRow, onProgress: (one) => void told.push(one) });
    expect(report.outcome).toBe('done');
    expect(told).toEqual([
      { step: 'issuing', rows: 100, total: 250, rowsPerSecond: 100, remainingMs: 1_500 },
      { step: 'issuing', rows: 200, total: 250, rowsPerSecond: 100, remainingMs: 500 },
      { step: 'issuing', rows: 250, total: 250, rowsPerSecond: 100, remainingMs: 0 },
    ]);
  });
});

describe('the brake', () => {
  const many = learners(40);
  const limits = { unconfirmedAwards: 30, canary: 5 };

  it('lets no large file through without the number of its awards', async () => {
    const { context, store } = await openAddFlow();
    for (const confirmed of [undefined, 39, 41]) {
      await expect(run(context, many, { ...limits, confirmed })).rejects.toMatchObject({
        code: 'not_confirmed',
        message: expect.stringContaining('40 awards'),
      });
    }
    expect(await store.read.countByState('default')).toEqual({});
  });

  it('needs it for any correction of an award', async () => {
    const { context } = await openAddFlow();
    await run(context, learners(1));
    const corrected = bulkFile([learnerRow(0, { date: '2026-02-27' })]);
    await expect(run(context, corrected)).rejects.toMatchObject({ code: 'not_confirmed' });
    const { report } = await run(context, corrected, { confirmed: 1 });
    expect(report).toMatchObject({ outcome: 'done', results: { replaces: 1 } });
  });

  it('lets the first few out at once, and waits for a word', async () => {
    const { context, store } = await openAddFlow();
    const mailAt = fixtureStart + 3_600_000;
    const options = { ...limits, mailAt };
    const first = await run(context, many, { ...options, confirmed: 40, canaryPassed: true });
    expect(first.report).toMatchObject({ outcome: 'canary_waits', rows: 5, results: { created: 5 } });
    expect(first.report.canary.map(({ key }) => key)).toEqual([0, 1, 2, 3, 4].map((at) => `WELD-${at}`));
    expect(await mailsDue(context)).toEqual([0, 0, 0, 0, 0]);

    const again = await run(context, many, { ...options, confirmed: 35 });
    expect(again.report).toMatchObject({ outcome: 'canary_waits', rows: 0 });
    expect(await store.read.countByState('default')).toEqual({ ready: 5 });

    const rest = await run(context, many, { ...options, confirmed: 35, canaryPassed: true });
    expect(rest.report).toMatchObject({ outcome: 'done', results: { unchanged: 5, created: 35 } });
    expect((await mailsDue(context)).filter((due) => due === 3_600_000)).toHaveLength(35);
  });

  it('goes on in the same call when somebody waits for the word', async () => {
    const { context } = await openAddFlow();
    const judged: number[] = [];
    const canaryPassed = async (canary: readonly RowOutcome[]) => judged.push(canary.length) > 0;
    const { report } = await run(context, many, { ...limits, confirmed: 40, canaryPassed });
    expect(judged).toEqual([5]);
    expect(report).toMatchObject({ outcome: 'done', results: { unchanged: 5, created: 35 } });
  });

  it('stops the rest when the word is no', async () => {
    const { context, store } = await openAddFlow();
    const { report } = await run(context, many, {
      ...limits,
      confirmed: 40,
      canaryPassed: async () => false,
    });
    expect(report.outcome).toBe('canary_waits');
    expect(await store.read.countByState('default')).toEqual({ ready: 5 });
  });

  it('is not needed for a file whose awards are there already', async () => {
    const { context } = await openAddFlow();
    await run(context, many, { unconfirmedAwards: 100 });
    expect((await run(context, many, limits)).report).toMatchObject({ outcome: 'done' });
  });
});

describe('too many refused rows', () => {
  const wrong = (count: number, of: number) =>
    bulkFile(Array.from({ length: of }, (_, at) => learnerRow(at, at < count ? { date: 'soon' } : {})));

  it('keep everything back when the dry run has seen them', async () => {
    const { context, store } = await openAddFlow();
    expect((await run(context, wrong(11, 100))).report).toMatchObject({
      outcome: 'too_many_refused',
      rows: 0,
    });
    expect(await store.read.countByState('default')).toEqual({});
    expect((await run(context, wrong(10, 100))).report.outcome).toBe('done');
    expect((await run(context, wrong(11, 100), { refusedShare: 0.2 })).report.outcome).toBe('done');
  });

  it('stop a run in which they come up, soon after', async () => {
    const { context, store } = await openAddFlow();
    const file = learners(3_000);
    const planned = await dryRun(context, file);
    await store.transaction((tx) =>
      tx.setStopped({
        issuer: 'default',
        credentialType: null,
        stopped: true,
        at: 1,
        who: 'staff-7',
        why: 'other',
      }),
    );
    const report = await issueBulk(context, file, planned, {
      who: 'staff-7',
      unconfirmedAwards: 10_000,
      refusedShare: 0.01,
    });
    expect(report.outcome).toBe('too_many_refused');
    expect(report.rows).toBeLessThanOrEqual(1_500);
  });
});
