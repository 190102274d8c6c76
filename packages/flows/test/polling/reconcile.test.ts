import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/awards/award-facts.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import { type Drift, reconcile } from '../../src/polling/reconcile.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import type { SubmissionRow } from '../../src/store/rows.ts';
import { type AddFlowFixture, openAddFlow } from '../add-flow-fixture.ts';

const email = 'lan@example.edu';

async function claimed(flow: AddFlowFixture, key = 'award') {
  const awardId = await flow.issue({ key });
  const outcome = await submitClaim(flow.context, { awardId, generation: 1, again: false });
  if (outcome.outcome !== 'redirect') throw new Error(outcome.outcome);
  return { awardId, link: outcome.redirectUri };
}

async function drifts(context: FlowContext, since?: number): Promise<Drift[]> {
  const found: Drift[] = [];
  for await (const drift of reconcile(context, since === undefined ? {} : { since })) found.push(drift);
  return found;
}

async function damage({ store }: AddFlowFixture, awardId: string, change: Partial<SubmissionRow>) {
  const [submission] = await store.read.submissions('default', awardId);
  if (submission !== undefined)
    await store.transaction((tx) => tx.updateSubmission({ ...submission, ...change }));
}

function reporting({ context, seekPass }: AddFlowFixture, status: string): FlowContext {
  const statuses = async (ids: Iterable<string>) => [...ids].map((id) => ({ id, status }));
  return {
    ...context,
    seekPass: { statuses, add: (input, call) => seekPass.add(input, call), now: () => seekPass.now() },
  };
}

describe('reconciling', () => {
  it('finds nothing where nothing drifted, one call per thirty', async () => {
    const flow = await openAddFlow();
    for (let at = 0; at < 31; at += 1) await claimed(flow, `award ${at}`);
    flow.sandbox.control.requests.clear();
    expect(await drifts(flow.context)).toEqual([]);
    expect(flow.sandbox.control.requests.list()).toHaveLength(2);
  });

  it('mends an end that nobody noticed, once', async () => {
    const flow = await openAddFlow();
    const { awardId, link } = await claimed(flow);
    flow.sandbox.control.learner.consent({ link, email });
    expect(await drifts(flow.context)).toMatchObject([
      { kind: 'missed', awardId, ours: 'open', theirs: 'verified', mended: true },
    ]);
    const award = await flow.store.read.award('default', awardId);
    expect(award && standingOf(award.facts).state).toBe('added');
    expect(await drifts(flow.context)).toEqual([]);
  });

  it('watches again what nobody would have asked about', async () => {
    const flow = await openAddFlow();
    const { awardId } = await claimed(flow);
    await damage(flow, awardId, { nextPollAt: null });
    expect(await drifts(flow.context)).toMatchObject([{ kind: 'unwatched', mended: true }]);
    flow.advance({ hours: 49 });
    expect(await pollSubmissions(flow.context, { budgetMs: 1_000 })).toMatchObject({ asked: 1 });
  });

  it('lets the stronger word count where award and submission disagree', async () => {
    const flow = await openAddFlow();
    const { awardId, link } = await claimed(flow);
    flow.sandbox.control.learner.consent({ link, email });
    await damage(flow, awardId, { outcome: 'verified' });
    expect(await drifts(flow.context)).toMatchObject([{ kind: 'inconsistent', mended: true }]);
    const award = await flow.store.read.award('default', awardId);
    expect(award && standingOf(award.facts).state).toBe('added');
  });

  it('shows what only a person can clear up, and changes nothing', async () => {
    const flow = await openAddFlow();
    const { awardId, link } = await claimed(flow);
    expect(await drifts(reporting(flow, 'not_reported'))).toMatchObject([
      { kind: 'not_reported', awardId, mended: false },
    ]);
    flow.sandbox.control.learner.consent({ link, email });
    await drifts(flow.context);
    expect(await drifts(reporting(flow, 'canceled'))).toMatchObject([
      { kind: 'contradiction', ours: 'verified', theirs: 'canceled', mended: false },
    ]);
    expect(await flow.store.read.countByState('default')).toEqual({ added: 1 });
  });

  it('leaves old submissions alone', async () => {
    const flow = await openAddFlow();
    await claimed(flow);
    flow.advance({ hours: 24 * 31 });
    expect(await drifts(flow.context)).toEqual([]);
    expect(await drifts(flow.context, 0)).toMatchObject([{ kind: 'missed', theirs: 'canceled' }]);
  });
});
