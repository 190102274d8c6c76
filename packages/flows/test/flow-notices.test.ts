import { expect, test } from 'vitest';
import { submitClaim } from '../src/claims/submit-claim.ts';
import type { FlowNotice } from '../src/flow-notice.ts';
import { openAddFlow } from './add-flow-fixture.ts';

test('the host is told how each claim of which award ended', async () => {
  const told: FlowNotice[] = [];
  const flow = await openAddFlow({ onNotice: (notice) => told.push(notice) });
  const awardId = await flow.issue();
  told.length = 0;
  await submitClaim(flow.context, { awardId, generation: 1, again: false });
  await submitClaim(flow.context, { awardId, generation: 7, again: false });
  expect(told).toEqual([
    { event: 'claim_ended', awardId, outcome: 'redirect' },
    { event: 'claim_ended', awardId, outcome: 'not_claimable' },
  ]);
});
