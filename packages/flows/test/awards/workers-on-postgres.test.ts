import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwardInput } from '../../src/awards/award-input.ts';
import { issueAwards } from '../../src/awards/issue-awards.ts';
import { recipientId } from '../../src/awards/recipient-identity.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { awardInput, openAddFlow, sampleRun } from '../add-flow-fixture.ts';
import { openTestDatabase, postgresMissing, type TestDatabase } from '../postgres/temporary-postgres.ts';

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
  let database: TestDatabase;
  let schemas = 0;

  beforeAll(async () => {
    database = await openTestDatabase();
  }, 60_000);

  afterAll(() => database.close());

  async function open() {
    const { connectionString } = database;
    const schema = `workers_${process.pid}_${schemas}`;
    schemas += 1;
    return openAddFlow({ store: await openPostgresStore({ connectionString, schema }) });
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
