import { ConfigurationError, UnavailableError } from '@seek-pass-kit/core';
import { expect, test } from 'vitest';
import { standingOf } from '../../src/awards/award-facts.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { lookAgain } from '../../src/polling/look-again.ts';
import { type AddFlowFixture, openAddFlow } from '../add-flow-fixture.ts';

async function claimed(flow: AddFlowFixture, key: string): Promise<{ awardId: string; link: string }> {
  const awardId = await flow.issue({ key });
  const outcome = await submitClaim(flow.context, { awardId, generation: 1, again: false });
  if (outcome.outcome !== 'redirect') throw new Error(outcome.outcome);
  return { awardId, link: outcome.redirectUri };
}

async function stateOf({ store }: AddFlowFixture, awardId: string) {
  const award = await store.read.award('default', awardId);
  return award && standingOf(award.facts).state;
}

const calls = ({ sandbox }: AddFlowFixture) =>
  sandbox.control.requests.list(500).filter(({ url }) => url.endsWith('/submissions/status.json')).length;
const email = 'lan@example.edu';

test('whoever comes back from SEEK Pass at once sees that it was added, and the host is told', async () => {
  const flow = await openAddFlow();
  const added = await claimed(flow, 'one');
  const open = await claimed(flow, 'two');
  const unclaimed = await flow.issue({ key: 'three' });
  flow.sandbox.control.learner.consent({ link: added.link, email });
  const before = calls(flow);
  await lookAgain(flow.context, [added.awardId, open.awardId, unclaimed, 'no such award']);
  expect(calls(flow) - before).toBe(1);
  expect(await stateOf(flow, added.awardId)).toBe('added');
  expect(await stateOf(flow, open.awardId)).toBe('submitted');
  const jobs = await flow.store.jobs.claim({
    kinds: ['award_event'],
    issuers: ['default'],
    limit: 5,
    leaseMs: 1_000,
    now: flow.clock.now(),
  });
  expect(jobs.map(({ refs }) => refs['type'])).toEqual(['added']);
});

test('a page that is loaded again and again does not ask each time, and nothing open is no call', async () => {
  const flow = await openAddFlow();
  const { awardId } = await claimed(flow, 'one');
  const before = calls(flow);
  for (let load = 0; load < 5; load += 1) await lookAgain(flow.context, [awardId]);
  expect(calls(flow) - before).toBe(1);
  flow.advance({ seconds: 3 });
  await lookAgain(flow.context, [awardId]);
  expect(calls(flow) - before).toBe(2);
  await lookAgain(flow.context, []);
  expect(calls(flow) - before).toBe(2);
});

test('a SEEK Pass that does not answer changes nothing; a wrong setting is heard of', async () => {
  const flow = await openAddFlow();
  const { awardId } = await claimed(flow, 'one');
  const failing = (error: Error): FlowContext => ({
    ...flow.context,
    seekPass: {
      add: (input, call) => flow.seekPass.add(input, call),
      now: () => flow.seekPass.now(),
      statuses: async () => {
        throw error;
      },
    },
  });
  await lookAgain(failing(new UnavailableError('No answer.')), [awardId]);
  expect(await stateOf(flow, awardId)).toBe('submitted');
  flow.advance({ seconds: 3 });
  const wrong = new ConfigurationError('statusScope is missing.');
  await expect(lookAgain(failing(wrong), [awardId])).rejects.toBe(wrong);
});
