import { describe, expect, it, onTestFinished } from 'vitest';
import { dryRun } from '../../src/bulk/dry-run.ts';
import { issueBulk } from '../../src/bulk/issue-bulk.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { openAddFlow } from '../add-flow-fixture.ts';
import { fixtureStart } from '../standing-clock.ts';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { testSchemas } from '../postgres/test-schemas.ts';
import { bulkFile, learnerRow, learners } from './bulk-fixture.ts';

const skip = await postgresMissing();

describe.skipIf(skip)('a file on PostgreSQL', () => {
  const newSchema = testSchemas('bulk');

  /** A context, and one of another process on the same database. */
  async function openTwo(): Promise<readonly [FlowContext, FlowContext]> {
    const { openStore } = newSchema();
    const { context } = await openAddFlow({ store: await openStore() });
    const other = await openStore();
    onTestFinished(() => other.close());
    return [context, { ...context, store: other }];
  }

  it('that two people issue at once is issued and mailed once', async () => {
    const [one, other] = await openTwo();
    const file = learners(1_100);
    const issue = async (context: FlowContext) =>
      issueBulk(context, file, await dryRun(context, file), { who: 'staff-7', unconfirmedAwards: 2_000 });
    const reports = await Promise.all([issue(one), issue(other)]);
    expect(reports.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect(reports.reduce((sum, { results }) => sum + results.created, 0)).toBe(1_100);
    expect(await one.store.read.countByState('default')).toEqual({ ready: 1_100 });
    const request = { issuers: ['default'], kinds: ['claim_mail'], limit: 2_000, leaseMs: 1_000 };
    expect(await one.store.jobs.claim({ ...request, now: fixtureStart })).toHaveLength(1_100);
  }, 60_000);

  it('with nothing that can be issued is looked through all the same', async () => {
    const [context] = await openTwo();
    const report = await dryRun(context, bulkFile([learnerRow(0, { date: 'soon' })]));
    expect(report.results).toMatchObject({ refused: 1, created: 0 });
  }, 60_000);

  it('remembers in every process, and over a sweep, that the canary is out', async () => {
    const [one, other] = await openTwo();
    const file = learners(40);
    const limits = { who: 'staff-7', unconfirmedAwards: 5, canary: 3 };
    const first = await issueBulk(one, file, await dryRun(one, file), { ...limits, confirmed: 40 });
    expect(first).toMatchObject({ outcome: 'canary_waits', results: { created: 3 } });
    await one.store.sweep(fixtureStart + 1e10);
    const waits = await issueBulk(other, file, await dryRun(other, file), { ...limits, confirmed: 37 });
    expect(waits).toMatchObject({ outcome: 'canary_waits', rows: 0 });
    const passed = { ...limits, confirmed: 37, canaryPassed: true };
    const rest = await issueBulk(other, file, await dryRun(other, file), passed);
    expect(rest).toMatchObject({ outcome: 'done', results: { created: 37, unchanged: 3 } });
  }, 60_000);
});
