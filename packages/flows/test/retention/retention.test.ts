import { describe, expect, it } from 'vitest';
import { AddFlow } from '../../src/add-flow.ts';
import { issueAward } from '../../src/awards/issue-awards.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { generateClaimKey } from '../../src/claims/claim-key.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { placeHold } from '../../src/erasure/holds.ts';
import type { JobHandler } from '../../src/jobs/runner.ts';
import { runDue } from '../../src/jobs/runner.ts';
import { purge } from '../../src/retention/purge.ts';
import {
  retentionDue,
  retentionHandler,
  retentionKind,
  scheduleRetention,
} from '../../src/retention/retention-job.ts';
import { readRetention, type RetentionRules } from '../../src/retention/retention-rules.ts';
import { type AddFlowFixture, awardInput, lan, openAddFlow, sampleRun } from '../add-flow-fixture.ts';

const minh = { fullName: 'Trần Minh', email: 'minh@example.edu' };

async function runRules({ context, store, clock }: AddFlowFixture) {
  await scheduleRetention(context);
  const handlers: Record<string, JobHandler> = { [retentionKind]: retentionHandler(context) };
  const runner = { store, clock, random: Math.random, issuers: ['default'] };
  return runDue(runner, { budgetMs: 60_000, handlers });
}

async function open(retention: RetentionRules) {
  const flow = await openAddFlow({ retention });
  const awardId = await flow.issue();
  await withdraw(flow.context, { awardId, reason: 'revoked', who: 'staff-7' });
  return { ...flow, awardId };
}

describe('retention rules', () => {
  it('purge what was needed to deliver awards, once they ended so long ago, and keep their records', async () => {
    const flow = await open({ deliveryDataDays: 40 });
    const { store, context } = flow;
    await flow.issue({ key: 'waits', recipient: minh });
    flow.advance({ hours: 24 * 39 });
    await runRules(flow);
    expect(await store.read.erasures('default', 5)).toEqual([]);
    expect(await retentionDue(context)).toMatchObject({ deliveryData: 0 });
    flow.advance({ hours: 24 * 2 });
    expect(await retentionDue(context)).toEqual({
      rules: { deliveryDataDays: 40 },
      deliveryData: 1,
      awardRecords: 0,
    });
    expect(await runRules(flow)).toMatchObject({ done: 1, dead: 0 });
    const [erasure] = await store.read.erasures('default', 5);
    expect(erasure).toMatchObject({
      part: 'delivery_data',
      reason: 'retention_rule',
      recipients: 1,
      awards: 1,
    });
    expect(await store.read.auditOf('default', `erasure:${erasure?.id}`, 5)).toMatchObject([
      { who: 'system', what: 'purged', why: 'delivery data of 1 recipients and 1 awards' },
    ]);
    const award = await store.read.award('default', flow.awardId);
    expect(award?.facts).toMatchObject({ linkClosure: 'withdrawn', erased: 'delivery_data' });
    expect(await store.read.countByState('default')).toEqual({ withdrawn: 1, ready: 1 });
    expect(await retentionDue(context)).toMatchObject({ deliveryData: 0, awardRecords: 0 });
  });

  it('let an import that still has the award issue nothing, and the person be awarded something else', async () => {
    const flow = await open({ deliveryDataDays: 40 });
    flow.advance({ hours: 24 * 41 });
    await runRules(flow);
    const run = { ...sampleRun, reissueWithdrawn: true };
    const again = await issueAward(flow.context, awardInput(), run);
    expect(again).toMatchObject({ result: 'refused', problems: [{ code: 'erased_before' }] });
    expect(await issueAward(flow.context, awardInput({ key: 'new' }), run)).toMatchObject({
      result: 'created',
    });
  });

  it('leave alone whoever has an award that still goes on, and purge what nobody claimed only if told so', async () => {
    const flow = await open({ deliveryDataDays: 40 });
    await flow.issue({ key: 'waits' });
    const submitted = await flow.issue({ key: 'submitted', recipient: minh });
    await submitClaim(flow.context, { awardId: submitted, generation: 1, again: false });
    flow.advance({ hours: 24 * 400 });
    expect(await retentionDue(flow.context)).toMatchObject({ deliveryData: 0 });
    const unclaimed = { ...flow.context, retention: { deliveryDataDays: 40, unclaimedDays: 365 } };
    expect(await retentionDue(unclaimed)).toMatchObject({ deliveryData: 1 });
    await runRules({ ...flow, context: unclaimed });
    expect(await flow.store.read.countByState('default')).toEqual({ withdrawn: 1, erased: 1, submitted: 1 });
  });

  it('destroy records only if told so, long after nobody belongs to them any more', async () => {
    const flow = await open({ deliveryDataDays: 40, awardRecordDays: 60 });
    flow.advance({ hours: 24 * 41 });
    await runRules(flow);
    flow.advance({ hours: 24 * 61 });
    expect(await retentionDue(flow.context)).toMatchObject({ deliveryData: 0, awardRecords: 1 });
    await runRules(flow);
    const award = await flow.store.read.award('default', flow.awardId);
    expect(award?.sealedCredential).toHaveLength(0);
    expect((await flow.store.read.erasures('default', 5))[0]).toMatchObject({
      part: 'everything',
      legalBasis: 'no_longer_needed',
    });
  });

  it('security rule 17: keep whoever is held', async () => {
    const flow = await open({ deliveryDataDays: 40 });
    await placeHold(flow.context, { of: { email: lan.email }, reason: 'audit', who: 'staff-9' });
    flow.advance({ hours: 24 * 41 });
    await runRules(flow);
    expect(await flow.store.read.erasures('default', 5)).toEqual([]);
  });

  it('look again under the lock: a learner may have come since', async () => {
    const flow = await openAddFlow({ retention: { unclaimedDays: 40 } });
    const awardId = await flow.issue();
    flow.advance({ hours: 24 * 41 });
    const award = await flow.store.read.award('default', awardId);
    const recipient = await flow.store.read.recipient('default', award?.recipientId ?? '');
    if (recipient === undefined) throw new Error('no recipient');
    await submitClaim(flow.context, { awardId, generation: 1, again: false });
    expect(await purge(flow.context, [recipient])).toEqual({ recipients: 0, held: 0 });
    expect(await flow.store.read.recipient('default', recipient.id)).toBeDefined();
  });

  it('go through everybody, in jobs that go on from each other, once a day', async () => {
    const flow = await openAddFlow({ retention: { unclaimedDays: 40 } });
    for (let at = 0; at < 30; at += 1) {
      await flow.issue({
        key: `award ${at}`,
        recipient: { fullName: `L ${at}`, email: `l${at}@example.edu` },
      });
    }
    flow.advance({ hours: 24 * 41 });
    await runRules(flow);
    expect(await flow.store.read.countByState('default')).toEqual({ erased: 30 });
    const sizes = (await flow.store.read.erasures('default', 9)).map(({ recipients }) => recipients);
    expect(sizes.toSorted((a, b) => a - b)).toEqual([10, 20]);
    expect(await runRules(flow)).toMatchObject({ done: 0 });
  });

  it('run by themselves, once a day, with whatever runs the jobs', async () => {
    const { context, clock, seekPass, store } = await openAddFlow();
    const { clientId, namespace, claimBaseUrl, brand, mail } = context;
    const flow = new AddFlow({
      seekPass,
      environment: 'sandbox',
      clientId,
      store,
      keys: context.records.keys,
      namespace,
      claimKey: generateClaimKey(),
      claimBaseUrl,
      brand,
      mail,
      retention: { unclaimedDays: 40 },
      clock,
    });
    await flow.start();
    await flow.award(awardInput(), sampleRun);
    const live = async (days: number) => {
      for (let day = 0; day < days; day += 1) {
        clock.advance(24 * 3_600_000);
        await flow.runDue({ budgetMs: 60_000 });
      }
    };
    // The mail leaves on the first day; the job of one day is done on the next.
    await live(40);
    expect(await flow.counts()).toEqual({ ready: 1 });
    await live(1);
    expect(await flow.counts()).toEqual({ erased: 1 });
  });

  it('are refused when they could only be a mistake', () => {
    expect(readRetention()).toEqual({ deliveryDataDays: 730 });
    expect(readRetention({ deliveryDataDays: false, unclaimedDays: 365 })).toEqual({ unclaimedDays: 365 });
    for (const days of [0, 29, 30.5, -1, Number.NaN]) {
      expect(() => readRetention({ unclaimedDays: days })).toThrow(/retention\.unclaimedDays/);
    }
  });
});
