import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/awards/award-facts.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import { type AddFlowFixture, openAddFlow } from '../add-flow-fixture.ts';

const budget = { budgetMs: 60_000 };

/** Issues and claims one award. */
async function claimed(flow: AddFlowFixture, key = 'award'): Promise<{ awardId: string; link: string }> {
  const awardId = await flow.issue({ key });
  const outcome = await submitClaim(flow.context, { awardId, generation: 1, again: false });
  if (outcome.outcome !== 'redirect') throw new Error(outcome.outcome);
  return { awardId, link: outcome.redirectUri };
}

async function standing({ store }: AddFlowFixture, awardId: string) {
  const award = await store.read.award('default', awardId);
  return award && standingOf(award.facts);
}

async function whats({ store }: AddFlowFixture, awardId: string) {
  return (await store.read.history('default', awardId)).map(({ what }) => what);
}

function statusCalls({ sandbox }: AddFlowFixture): number {
  return sandbox.control.requests.list(500).filter(({ url }) => url.endsWith('/submissions/status.json'))
    .length;
}

/** The flow with a SEEK Pass that reports this status for every id. */
function reporting({ context, seekPass }: AddFlowFixture, status: string): FlowContext {
  const statuses = async (ids: Iterable<string>) => [...ids].map((id) => ({ id, status }));
  return {
    ...context,
    seekPass: { statuses, add: (input, call) => seekPass.add(input, call), now: () => seekPass.now() },
  };
}

const email = 'lan@example.edu';

describe('polling', () => {
  it('asks nothing before a submission is due, and learns that it was added', async () => {
    const flow = await openAddFlow();
    const { awardId, link } = await claimed(flow);
    expect(await pollSubmissions(flow.context, budget)).toEqual({
      asked: 0,
      calls: 0,
      events: [],
      ended: 'nothing_due',
    });
    flow.sandbox.control.learner.consent({ link, email });
    flow.advance({ minutes: 6 });
    const report = await pollSubmissions(flow.context, budget);
    expect(report).toMatchObject({ asked: 1, events: [{ type: 'added', awardId, attempt: 1 }] });
    expect(await standing(flow, awardId)).toEqual({ state: 'added', evidence: 'observed' });
    expect(await whats(flow, awardId)).toEqual(['created', 'submitted', 'added']);
    flow.advance({ hours: 100 });
    expect(await pollSubmissions(flow.context, budget)).toMatchObject({ asked: 0 });
  });

  it('tells the host through a job stored with the change', async () => {
    const flow = await openAddFlow();
    const { awardId, link } = await claimed(flow);
    flow.sandbox.control.learner.consent({ link, email });
    flow.advance({ minutes: 6 });
    await pollSubmissions(flow.context, budget);
    const now = flow.clock.now();
    const request = { issuers: ['default'], kinds: ['award_event'], limit: 9, leaseMs: 1, now };
    expect(await flow.store.jobs.claim(request)).toMatchObject([
      { refs: { type: 'added', awardId, attempt: '1' } },
    ]);
  });

  it('tells declined from expired, and says so only when SEEK Pass did', async () => {
    const flow = await openAddFlow();
    const [declined, expired] = [await claimed(flow, 'a'), await claimed(flow, 'b')];
    flow.sandbox.control.learner.decline({ link: declined.link, email });
    flow.advance({ hours: 1 });
    await pollSubmissions(flow.context, budget);
    expect(await standing(flow, declined.awardId)).toEqual({ state: 'declined', evidence: 'observed' });
    expect(await standing(flow, expired.awardId)).toMatchObject({ state: 'submitted' });
    flow.advance({ hours: 48 });
    const { events } = await pollSubmissions(flow.context, budget);
    expect(events).toMatchObject([{ type: 'expired', awardId: expired.awardId }]);
    expect(await standing(flow, expired.awardId)).toEqual({ state: 'ready', evidence: 'inferred' });
  });

  it('asks about one submission ten times at most, and about thirty in one call', async () => {
    const flow = await openAddFlow();
    for (let at = 0; at < 31; at += 1) await claimed(flow, `award ${at}`);
    let calls = 0;
    for (let hour = 0; hour < 50; hour += 1) {
      flow.sandbox.control.requests.clear();
      flow.advance({ hours: 1 });
      await pollSubmissions(flow.context, { budgetMs: 1 });
      calls += statusCalls(flow);
    }
    expect(calls).toBeLessThanOrEqual(20);
    expect(await flow.store.read.countByState('default')).toEqual({ ready: 31 });
  });

  it('by three workers at once asks about each submission once', async () => {
    const flow = await openAddFlow();
    for (let at = 0; at < 75; at += 1) await claimed(flow, `award ${at}`);
    flow.advance({ minutes: 6 });
    flow.sandbox.control.requests.clear();
    const workers = [1, 2, 3].map(() => pollSubmissions(flow.context, budget));
    const reports = await Promise.all(workers);
    expect(reports.reduce((sum, { asked }) => sum + asked, 0)).toBe(75);
    expect(statusCalls(flow)).toBe(3);
  });

  it('keeps what is due when SEEK Pass does not answer, and asks again after the lease', async () => {
    const flow = await openAddFlow();
    const { awardId, link } = await claimed(flow);
    flow.sandbox.control.learner.consent({ link, email });
    flow.advance({ minutes: 6 });
    const effect = { kind: 'status', status: 503 } as const;
    const fault = flow.sandbox.control.faults.set({ path: '/api/partner/v1/submissions/*', effect });
    const failed = await pollSubmissions(flow.context, budget);
    expect(failed).toMatchObject({ asked: 0, ended: 'failed', error: { code: 'unavailable' } });
    flow.sandbox.control.faults.remove(fault.faultId);
    expect(await pollSubmissions(flow.context, budget)).toMatchObject({ asked: 0 });
    flow.advance({ minutes: 3 });
    expect(await pollSubmissions(flow.context, budget)).toMatchObject({ asked: 1 });
    expect(await whats(flow, awardId)).toContain('added');
  });

  it('stops on an abort signal and when its time is over', async () => {
    const flow = await openAddFlow();
    await claimed(flow);
    flow.advance({ minutes: 6 });
    const signal = AbortSignal.abort();
    expect(await pollSubmissions(flow.context, { ...budget, signal })).toMatchObject({ ended: 'aborted' });
    expect(await pollSubmissions(flow.context, { budgetMs: 0 })).toMatchObject({ ended: 'out_of_time' });
  });
});

describe('a status that says nothing', () => {
  it.each(['not_reported', 'on_hold'])('%s is judged by time, once the 48 hours are over', async (status) => {
    const flow = await openAddFlow();
    const { awardId } = await claimed(flow);
    const context = reporting(flow, status);
    flow.advance({ hours: 47 });
    expect((await pollSubmissions(context, budget)).events).toEqual([]);
    expect(await standing(flow, awardId)).toMatchObject({ state: 'submitted' });
    flow.advance({ hours: 2 });
    expect((await pollSubmissions(context, budget)).events).toMatchObject([{ type: 'expired' }]);
  });

  it('incomplete long after the first POST is believed: a later POST may have begun its 48 hours', async () => {
    const flow = await openAddFlow();
    const { awardId } = await claimed(flow);
    const context = reporting(flow, 'incomplete');
    flow.advance({ hours: 60 });
    await pollSubmissions(context, budget);
    expect(await standing(flow, awardId)).toMatchObject({ state: 'submitted' });
    flow.advance({ hours: 40 });
    await pollSubmissions(context, budget);
    expect(await standing(flow, awardId)).toEqual({ state: 'ready', evidence: 'inferred' });
  });
});

describe('security rule 13: after a withdrawal', () => {
  it('polling goes on, and an addition is recorded and reported as one after withdrawal', async () => {
    const flow = await openAddFlow();
    const { awardId, link } = await claimed(flow);
    const withdrawn = await withdraw(flow.context, { awardId, reason: 'revoked', who: 'staff-7' });
    expect(withdrawn).toEqual({ outcome: 'withdrawn', openAtSeekPass: true, inWallet: false });
    flow.sandbox.control.learner.consent({ link, email });
    flow.advance({ minutes: 6 });
    const { events } = await pollSubmissions(flow.context, budget);
    expect(events).toMatchObject([{ type: 'added_after_withdrawal', awardId }]);
    expect(await standing(flow, awardId)).toMatchObject({ state: 'withdrawn', behindClosedLink: 'added' });
    expect((await whats(flow, awardId)).at(-1)).toBe('added_after_withdrawal');
  });
});
