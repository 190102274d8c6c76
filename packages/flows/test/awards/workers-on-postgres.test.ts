import { describe, expect, it } from 'vitest';
import type { AwardInput } from '../../src/awards/award-input.ts';
import { issueAwards } from '../../src/awards/issue-awards.ts';
import { recipientId } from '../../src/awards/recipient-identity.ts';
import { resumeIssuing, stopIssuing } from '../../src/awards/stop-issuing.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import type { Store } from '../../src/store/ports.ts';
import { awardInput, microcredential, openAddFlow, sampleRun } from '../add-flow-fixture.ts';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { testSchemas } from '../postgres/test-schemas.ts';

const skip = await postgresMissing();

const person = (at: number) => ({ fullName: `Learner ${at}`, email: `learner${at}@example.edu` });

async function issueAll(context: FlowContext, inputs: readonly AwardInput[], runId: string) {
  const ids: string[] = [];
  for await (const result of issueAwards(context, inputs, { ...sampleRun, runId })) {
    if (result.result === 'refused') throw new Error(result.problems.map(({ code }) => code).join());
    ids.push(result.awardId);
  }
  return ids;
}

describe.skipIf(skip)('several workers on one PostgreSQL', () => {
  const newSchema = testSchemas('workers');

  async function open() {
    return openAddFlow({ store: await newSchema().openStore() });
  }

  it('import the same rows in opposite order: one award a key, one row a person', async () => {
    const { context, store } = await open();
    const inputs = Array.from({ length: 900 }, (_, at) =>
      awardInput({ key: `award ${at}`, recipient: person(at % 300) }),
    );
    const runs = await Promise.all([
      issueAll(context, inputs, 'a'),
      issueAll(context, [...inputs].reverse(), 'b'),
      issueAll(context, inputs, 'c'),
    ]);
    expect(new Set(runs.flat()).size).toBe(900);
    expect(await store.read.countByState('default')).toEqual({ ready: 900 });
    const ofOne = await store.read.awardsOfRecipient('default', recipientId(context, person(7)));
    expect(ofOne).toHaveLength(3);
    for (const { id } of ofOne) expect(await store.read.history('default', id)).toHaveLength(1);
  }, 60_000);

  it('import batch upon batch about the same people: each is decided once, whatever is under way', async () => {
    const flow = await open();
    let decided = 0;
    const store: Store = {
      ...flow.store,
      transaction: (work) =>
        flow.store.transaction((tx) => {
          decided += 1;
          return work(tx);
        }),
    };
    const inputs = Array.from({ length: 2_000 }, (_, at) =>
      awardInput({ key: `award ${at % 1_999}`, recipient: person(at % 70) }),
    );
    const results: string[] = [];
    for await (const { result } of issueAwards({ ...flow.context, store }, inputs, sampleRun))
      results.push(result);
    expect(decided).toBe(4);
    expect(results.filter((result) => result === 'created')).toHaveLength(1_999);
    expect(results.at(-1)).toBe('refused');
  }, 60_000);

  it('claim in ten tabs at once: one submission', async () => {
    const flow = await open();
    const awardId = await flow.issue();
    const claim = { awardId, generation: 1, again: false };
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => submitClaim(flow.context, claim)));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(outcomes[0]).toMatchObject({ outcome: 'redirect' });
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
    expect(await flow.store.read.history('default', awardId)).toHaveLength(2);
  }, 60_000);

  it('go on while the kill switch is turned again and again: nobody fails, and nothing goes out while it is on', async () => {
    const flow = await open();
    const { context } = flow;
    const inputs = Array.from({ length: 60 }, (_, at) =>
      awardInput({ key: `award ${at}`, recipient: person(at) }),
    );
    const ids = await issueAll(context, inputs, 'a');
    const turn = { who: 'staff-7', reason: 'other' } as const;
    const whileStopped: number[] = [];
    const turning = async () => {
      for (let turns = 0; turns < 10; turns += 1) {
        await stopIssuing(context, null, turn);
        const before = await flow.store.read.countByState('default');
        await new Promise((resolve) => {
          setTimeout(resolve, 10);
        });
        const after = await flow.store.read.countByState('default');
        whileStopped.push((after['submitted'] ?? 0) - (before['submitted'] ?? 0));
        await resumeIssuing(context, null, turn);
      }
    };
    const correcting = async () => {
      for (let at = 0; at < 300; at += 1) {
        const credential = microcredential({ issue_date: at % 2 === 0 ? '2026-02-21' : '2026-02-22' });
        const corrections = inputs.slice(30).map((input) => ({ ...input, credential }));
        for await (const _ of issueAwards(context, corrections, { ...sampleRun, runId: `b${at}` }));
        if (whileStopped.length === 10) return;
      }
    };
    const claims = ids.map((awardId) => submitClaim(context, { awardId, generation: 1, again: false }));
    const [outcomes] = await Promise.all([Promise.all(claims), turning(), correcting()]);
    const known = new Set(['redirect', 'paused', 'not_claimable']);
    expect(outcomes.every(({ outcome }) => known.has(outcome))).toBe(true);
    expect(whileStopped).toEqual(Array.from({ length: 10 }, () => 0));
  }, 60_000);

  it('poll at once: each submission is asked about by one of them', async () => {
    const flow = await open();
    for (let at = 0; at < 90; at += 1) {
      const awardId = await flow.issue({ key: `award ${at}` });
      await submitClaim(flow.context, { awardId, generation: 1, again: false });
    }
    flow.advance({ hours: 49 });
    flow.sandbox.control.requests.clear();
    const workers = [1, 2, 3].map(() => pollSubmissions(flow.context, { budgetMs: 60_000 }));
    const reports = await Promise.all(workers);
    expect(reports.flatMap(({ events }) => events)).toHaveLength(90);
    expect(reports.reduce((sum, { asked }) => sum + asked, 0)).toBe(90);
    expect(await flow.store.read.countByState('default')).toEqual({ ready: 90 });
  }, 60_000);
});
