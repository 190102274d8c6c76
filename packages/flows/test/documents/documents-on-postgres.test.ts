import { describe, expect, it, onTestFinished } from 'vitest';
import { issueAwards } from '../../src/awards/issue-awards.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { awardInput, sampleRun } from '../add-flow-fixture.ts';
import { postgresMissing, startTemporaryPostgres } from '@seek-pass-kit/prove/postgres';
import { openDocuments } from './document-fixture.ts';

const skip = await postgresMissing();

describe.skipIf(skip)('files on PostgreSQL', () => {
  it('that are claimed at the same time, by two processes, go out each from one address of its own', async () => {
    const server = await startTemporaryPostgres();
    onTestFinished(() => server.stop());
    const { connectionString } = server;
    const flow = await openDocuments({}, { store: await openPostgresStore({ connectionString }) });
    const second = await openPostgresStore({ connectionString });
    onTestFinished(() => second.close());
    const contents = Array.from({ length: 20 }, (_, at) => Buffer.from(`%PDF-1.7 of learner ${at}`));
    const inputs = contents.map((bytes, at) =>
      awardInput({ key: `WELD-${at}`, file: { type: 'pdf', bytes } }),
    );
    const ids: string[] = [];
    for await (const result of issueAwards(flow.context, inputs, sampleRun)) {
      if ('awardId' in result) ids.push(result.awardId);
    }
    const processes = [flow.context, { ...flow.context, store: second }];
    const outcomes = await Promise.all(
      processes.flatMap((context) =>
        ids.map((awardId) => submitClaim(context, { awardId, generation: 1, again: false })),
      ),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 40 }, () => 'redirect'));
    const submissions = flow.sandbox.control.submissions.list(100);
    expect(submissions).toHaveLength(20);
    expect(submissions.flatMap(({ warnings }) => warnings)).toEqual([]);
    const fetched = await Promise.all(
      flow.received().map(async ({ value }) => {
        const answer = await flow.fetch(value ?? '');
        return Buffer.from(await answer.arrayBuffer()).toString();
      }),
    );
    expect(fetched.toSorted()).toEqual(contents.map(String).toSorted());
    expect(flow.faults).toEqual([]);
  }, 30_000);
});
