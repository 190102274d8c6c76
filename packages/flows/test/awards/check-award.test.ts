import { expect, test } from 'vitest';
import { createAddFlow } from '../../src/add-flow.ts';
import { awardInput, microcredential, openAddFlow, sampleRun } from '../add-flow-fixture.ts';
import { flowOptions } from '../flow-options.ts';

test('a check says what awarding would refuse, and stores nothing', async () => {
  const flow = createAddFlow(flowOptions(await openAddFlow()));
  await flow.start();
  const wrong = awardInput({ credential: microcredential({ issue_date: '2999-02-30' }) });
  const problems = flow.check(wrong);
  expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
    'credential.fields.issue_date bad_date',
  ]);
  expect(await flow.award(wrong, sampleRun)).toMatchObject({ result: 'refused', problems });
  expect(flow.check(awardInput())).toEqual([]);
  expect(await flow.counts()).toEqual({});
});
