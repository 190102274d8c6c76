import { expect, it } from 'vitest';
import { createAddFlow } from '../../src/add-flow.ts';
import { awardInput, openAddFlow, microcredential, sampleRun } from '../add-flow-fixture.ts';
import { flowOptions } from '../flow-options.ts';

/** A flow whose host hears every event, as `<type> <award>`. */
async function openHearing(tellDecisions?: boolean) {
  const fixture = await openAddFlow();
  const heard: string[] = [];
  const flow = createAddFlow({
    ...flowOptions(fixture),
    ...(tellDecisions === undefined ? {} : { tellDecisions }),
    onEvent: { hook: ({ type, awardId, attempt }) => void heard.push(`${type} ${awardId} ${attempt}`) },
  });
  await flow.start();
  const issue = async (name: string) => {
    const credential = microcredential({ microcredential_name: name });
    const result = await flow.award(awardInput({ credential }), sampleRun);
    return result.result === 'refused' ? '' : result.awardId;
  };
  return { flow, heard, issue, due: async () => flow.runDue({ budgetMs: 60_000 }) };
}

it('a host that wants it hears what was issued and withdrawn, once', async () => {
  const { flow, heard, issue, due } = await openHearing(true);
  const first = await issue('Rigging');
  await issue('Rigging');
  const second = await issue('Rigging, Level 2');
  await flow.withdraw({ awardId: second, reason: 'revoked', who: 'staff-7' });
  await flow.withdraw({ awardId: second, reason: 'revoked', who: 'staff-7' });
  await due();
  await due();
  expect(heard.toSorted()).toEqual(
    [`issued ${first} 0`, `issued ${second} 0`, `withdrawn ${second} 0`].toSorted(),
  );
});

it('any other host hears nothing of it', async () => {
  const { flow, heard, issue, due } = await openHearing();
  await flow.withdraw({ awardId: await issue('Rigging'), reason: 'revoked', who: 'staff-7' });
  await due();
  expect(heard).toEqual([]);
});
