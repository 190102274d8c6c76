import { expect, test } from 'vitest';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { openAddFlow } from '../add-flow-fixture.ts';

test('the host is told how each claim ended, and of nothing that tells whose it was', async () => {
  const told: unknown[][] = [];
  const flow = await openAddFlow({ onClaim: (...of) => told.push(of) });
  const awardId = await flow.issue();
  await submitClaim(flow.context, { awardId, generation: 1, again: false });
  await submitClaim(flow.context, { awardId, generation: 7, again: false });
  expect(told).toEqual([['redirect'], ['not_claimable']]);
});
