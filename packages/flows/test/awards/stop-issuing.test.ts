import type { CredentialType } from '@seek-pass-kit/core';
import { describe, expect, it } from 'vitest';
import type { AwardInput } from '../../src/awards/award-input.ts';
import { issueAward, issueAwards } from '../../src/awards/issue-awards.ts';
import { readStops, resumeIssuing, stopIssuing } from '../../src/awards/stop-issuing.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { awardInput, type AddFlowFixture, openAddFlow, sampleRun } from '../add-flow-fixture.ts';

const incident = { who: 'staff-7', reason: 'security_incident' } as const;
const resolved = { who: 'staff-9', reason: 'resolved' } as const;
const click = ({ context }: AddFlowFixture, awardId: string) =>
  submitClaim(context, { awardId, generation: 1, again: false });

describe('the kill switch', () => {
  it('stops an import that is under way: what follows is refused, what was yielded is stored', async () => {
    const { context, store } = await openAddFlow();
    async function* inputs(): AsyncGenerator<AwardInput> {
      for (let at = 0; at < 2_000; at += 1) {
        if (at === 1_500) await stopIssuing(context, 'microcredential', incident);
        yield awardInput({ key: `award ${at}` });
      }
    }
    const results: string[] = [];
    for await (const { result } of issueAwards(context, inputs(), sampleRun)) results.push(result);
    expect(results.slice(0, 1_000)).toEqual(Array.from({ length: 1_000 }, () => 'created'));
    expect(results.slice(1_500)).toEqual(Array.from({ length: 500 }, () => 'refused'));
    const created = results.filter((result) => result === 'created').length;
    expect(await store.read.countByState('default')).toEqual({ ready: created });
  });

  it('stops claims before anything is sent, and lets the same link work when it goes on', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    await stopIssuing(flow.context, null, incident);
    expect(await click(flow, awardId)).toEqual({ outcome: 'paused' });
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
    await resumeIssuing(flow.context, null, resolved);
    expect(await click(flow, awardId)).toMatchObject({ outcome: 'redirect' });
  });

  it('pauses a claim that was begun before, too', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    expect(await click(flow, awardId)).toMatchObject({ outcome: 'redirect' });
    await stopIssuing(flow.context, 'microcredential', incident);
    expect(await click(flow, awardId)).toEqual({ outcome: 'paused' });
  });

  it('says which stops are in force and who turned it, when and why', async () => {
    const { context, clock } = await openAddFlow();
    await stopIssuing(context, 'education', { who: 'staff-7', reason: 'wrong_data' });
    clock.advance(1);
    await stopIssuing(context, null, incident);
    clock.advance(1);
    await resumeIssuing(context, null, resolved);
    const { inForce, record } = await readStops(context);
    expect(inForce).toMatchObject([{ credentialType: 'education', who: 'staff-7', why: 'wrong_data' }]);
    expect(
      record.map(({ credentialType, stopped, at, who, why }) => [credentialType, stopped, at, who, why]),
    ).toEqual([
      [null, false, clock.now(), 'staff-9', 'resolved'],
      [null, true, clock.now() - 1, 'staff-7', 'security_incident'],
      ['education', true, clock.now() - 2, 'staff-7', 'wrong_data'],
    ]);
  });

  it('refuses a credential type that there is not: that would stop nothing', async () => {
    const { context } = await openAddFlow();
    const misspelt = 'microcredentials' as CredentialType;
    const failed = await stopIssuing(context, misspelt, incident).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'invalid_configuration' });
    expect((await readStops(context)).record).toEqual([]);
    expect((await issueAward(context, awardInput(), sampleRun)).result).toBe('created');
  });
});
