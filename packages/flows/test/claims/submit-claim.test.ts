import { SeekPassError } from '@seek-pass-kit/core';
import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/awards/award-facts.ts';
import { rotateLink } from '../../src/awards/claim-link.ts';
import { issueAward } from '../../src/awards/issue-awards.ts';
import { recipientId } from '../../src/awards/recipient-identity.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { type ClaimOutcome, submitClaim } from '../../src/claims/submit-claim.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import {
  type AddFlowFixture,
  awardInput,
  lan,
  microcredential,
  openAddFlow,
  sampleRun,
} from '../add-flow-fixture.ts';
import { stopRow } from '../conformance/sample-rows.ts';

const addPath = '/api/partner/v1/add/*';

function click({ context }: { context: FlowContext }, awardId: string, again = false, generation = 1) {
  return submitClaim(context, { awardId, generation, again });
}

function uriOf(outcome: ClaimOutcome): string {
  if (outcome.outcome !== 'redirect') throw new Error(`no redirect but ${outcome.outcome}`);
  return outcome.redirectUri;
}

async function stateOf({ store }: AddFlowFixture, awardId: string) {
  const award = await store.read.award('default', awardId);
  return award && standingOf(award.facts).state;
}

async function whats({ store }: AddFlowFixture, awardId: string) {
  return (await store.read.history('default', awardId)).map(({ what, why }) => `${what} ${why ?? ''}`.trim());
}

function learner(uri: string, email = 'lan@example.edu') {
  return { link: uri, email };
}

describe('a click', () => {
  it('submits once and sends the learner to SEEK Pass', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const uri = uriOf(await click(flow, awardId));
    const [atSeekPass, ...others] = flow.sandbox.control.submissions.list();
    expect(others).toEqual([]);
    const [stored] = await flow.store.read.submissions('default', awardId);
    expect(stored).toMatchObject({ id: atSeekPass?.id, attempt: 1, acknowledged: true, outcome: 'open' });
    expect(uri).toBe(atSeekPass?.redirectUri);
    expect(atSeekPass?.credentials[0]?.fields).toMatchObject({ full_name: 'Nguyễn Thị Lan' });
    expect(await stateOf(flow, awardId)).toBe('submitted');
    expect(await whats(flow, awardId)).toEqual(['created', 'submitted attempt 1']);
  });

  it('in two tabs at once is one submission', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => click(flow, awardId)));
    expect(new Set(outcomes.map(uriOf)).size).toBe(1);
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
    expect(await whats(flow, awardId)).toEqual(['created', 'submitted attempt 1']);
  });

  it('a day later gives the same link', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const first = uriOf(await click(flow, awardId));
    flow.advance({ hours: 24 });
    expect(uriOf(await click(flow, awardId))).toBe(first);
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
  });

  it('on day five, after the submission expired, works with a new attempt', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const first = uriOf(await click(flow, awardId));
    flow.advance({ hours: 5 * 24 });
    const second = uriOf(await click(flow, awardId));
    expect(second).not.toBe(first);
    expect(new Set(flow.sandbox.control.submissions.list().map(({ id }) => id)).size).toBe(2);
    expect(flow.sandbox.control.learner.consent(learner(second))).toBe('done');
    expect(await whats(flow, awardId)).toEqual([
      'created',
      'submitted attempt 1',
      'expired attempt 1',
      'submitted attempt 2',
    ]);
  });

  it('asks first within 15 minutes of the 48 hours', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const first = uriOf(await click(flow, awardId));
    flow.advance({ hours: 47, minutes: 50 });
    flow.sandbox.control.requests.clear();
    expect(uriOf(await click(flow, awardId))).toBe(first);
    const paths = flow.sandbox.control.requests.list().map(({ url }) => url);
    expect(paths.filter((path) => path.endsWith('status.json'))).toHaveLength(1);
  });

  it('remembers what SEEK Pass said when it asked, also when it stops', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const uri = uriOf(await click(flow, awardId));
    flow.sandbox.control.learner.consent(learner(uri));
    flow.advance({ hours: 47, minutes: 50 });
    expect(await click(flow, awardId)).toEqual({ outcome: 'confirm_again' });
    expect(await stateOf(flow, awardId)).toBe('added');
    expect(await whats(flow, awardId)).toContain('added attempt 1');
    flow.sandbox.control.faults.set({
      path: '/api/partner/v1/submissions/*',
      effect: { kind: 'status', status: 503 },
    });
    expect(await click(flow, awardId)).toEqual({ outcome: 'confirm_again' });
  });
});

describe('when SEEK Pass is down', () => {
  it.each([
    ['answers 503', { kind: 'status', status: 503 }],
    ['breaks the connection', { kind: 'reset', when: 'before' }],
    ['breaks the connection after it took effect', { kind: 'reset', when: 'after' }],
  ] as const)('and %s, the place is kept and the next click repeats the id', async (_, effect) => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const fault = flow.sandbox.control.faults.set({ path: addPath, effect });
    expect(await click(flow, awardId)).toMatchObject({ outcome: 'unavailable' });
    const [before] = await flow.store.read.submissions('default', awardId);
    expect(before).toMatchObject({ acknowledged: false, outcome: 'open' });
    flow.sandbox.control.faults.remove(fault.faultId);
    uriOf(await click(flow, awardId));
    expect(flow.sandbox.control.submissions.list().map(({ id }) => id)).toEqual([before?.id]);
    expect(await flow.store.read.submissions('default', awardId)).toMatchObject([{ acknowledged: true }]);
  });

  it('security rule 1: an address that leads elsewhere is no outage: the host is told, nothing is given out', async () => {
    const { context } = await openAddFlow();
    const hostile = new SeekPassError('hostile_redirect', 'SEEK Pass gave a link that leads elsewhere.');
    const add = () => Promise.reject(hostile);
    const flow = await openAddFlow({
      seekPass: { ...context.seekPass, add, now: () => context.clock.now() },
    });
    await expect(click(flow, await flow.issue())).rejects.toBe(hostile);
  });

  it('the learner hears how long SEEK Pass asked to wait', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const effect = { kind: 'status', status: 429, retryAfter: '90' } as const;
    flow.sandbox.control.faults.set({ path: addPath, effect });
    expect(await click(flow, awardId)).toEqual({ outcome: 'unavailable', retryAfterMs: 90_000 });
  });

  it('a process that dies between storing and sending repeats the same id', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const add = () => Promise.reject(new Error('killed'));
    const dying = { ...flow.context, seekPass: { ...portOf(flow), add } };
    await expect(click({ context: dying }, awardId)).rejects.toThrow('killed');
    const [stored] = await flow.store.read.submissions('default', awardId);
    uriOf(await click(flow, awardId));
    expect(flow.sandbox.control.submissions.list().map(({ id }) => id)).toEqual([stored?.id]);
  });

  it('a first POST that got lost and a second one a day later are one attempt, however late it ends', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const fault = flow.sandbox.control.faults.set({
      path: addPath,
      effect: { kind: 'reset', when: 'before' },
    });
    await click(flow, awardId);
    flow.sandbox.control.faults.remove(fault.faultId);
    flow.advance({ hours: 30 });
    const uri = uriOf(await click(flow, awardId));
    flow.advance({ hours: 30 });
    expect(uriOf(await click(flow, awardId))).toBe(uri);
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
  });
});

describe('what SEEK Pass refuses', () => {
  it.each([400, 422])('with %i is rejected until a person mends it', async (status) => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    flow.sandbox.control.faults.set({ path: addPath, effect: { kind: 'status', status }, count: 1 });
    expect(await click(flow, awardId)).toEqual({ outcome: 'rejected' });
    expect(await stateOf(flow, awardId)).toBe('rejected');
    expect(await click(flow, awardId)).toEqual({ outcome: 'not_claimable' });
    const credential = microcredential({ assessment_result: '93%' });
    const mended = await issueAward(flow.context, awardInput({ credential }), sampleRun);
    uriOf(await click(flow, mended.result === 'refused' ? '' : mended.awardId));
  });

  it.each([401, 403, 404])('with %i is no fault of the award', async (status) => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const fault = flow.sandbox.control.faults.set({ path: addPath, effect: { kind: 'status', status } });
    expect(await click(flow, awardId)).toEqual({ outcome: 'unavailable' });
    flow.sandbox.control.faults.remove(fault.faultId);
    uriOf(await click(flow, awardId));
  });

  it('after it had taken the same payload does not end the open submission', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    uriOf(await click(flow, awardId));
    flow.sandbox.control.faults.set({ path: addPath, effect: { kind: 'status', status: 422 }, count: 1 });
    expect(await click(flow, awardId)).toEqual({ outcome: 'unavailable' });
    expect(await stateOf(flow, awardId)).toBe('submitted');
    expect(await flow.store.read.submissions('default', awardId)).not.toMatchObject([{ nextPollAt: null }]);
  });
});

describe('claiming again', () => {
  it('after it was added asks first, then makes the next attempt', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const uri = uriOf(await click(flow, awardId));
    flow.sandbox.control.learner.consent(learner(uri));
    flow.advance({ hours: 72 });
    expect(await click(flow, awardId)).toEqual({ outcome: 'confirm_again' });
    const second = uriOf(await click(flow, awardId, true));
    expect(second).not.toBe(uri);
    expect(await flow.store.read.submissions('default', awardId)).toMatchObject([
      { attempt: 1, outcome: 'verified' },
      { attempt: 2, outcome: 'open' },
    ]);
  });

  it('twice at the same time is one further attempt', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    flow.sandbox.control.learner.decline(learner(uriOf(await click(flow, awardId))));
    flow.advance({ hours: 47, minutes: 50 });
    const outcomes = await Promise.all([click(flow, awardId, true), click(flow, awardId, true)]);
    expect(new Set(outcomes.map(uriOf)).size).toBe(1);
    expect(flow.sandbox.control.submissions.list()).toHaveLength(2);
    expect(await whats(flow, awardId)).toContain('declined attempt 1');
  });
});

describe('what cannot be claimed', () => {
  it('is withdrawn, superseded, of an older link, of nobody', async () => {
    const flow = await openAddFlow();
    const superseded = await flow.issue();
    const withdrawn = await flow.issue({ credential: microcredential({ issue_date: '2026-02-21' }) });
    const rotated = await flow.issue({ key: 'b' });
    await withdraw(flow.context, { awardId: withdrawn, reason: 'revoked', who: 'staff-7' });
    await rotateLink(flow.context, { awardId: rotated, who: 'staff-7' });
    for (const awardId of [superseded, withdrawn, rotated, 'none']) {
      expect(await click(flow, awardId)).toEqual({ outcome: 'not_claimable' });
    }
    expect(await click(flow, withdrawn, true, 2)).toEqual({ outcome: 'not_claimable' });
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
    uriOf(await click(flow, rotated, false, 2));
  });

  it('is what belongs to somebody who was erased', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const row = await flow.store.read.recipient('default', recipientId(flow.context, lan));
    if (row === undefined) throw new Error('no recipient');
    await flow.store.transaction((tx) => tx.updateRecipient({ ...row, wrappedKey: null }, row));
    expect(await click(flow, awardId)).toEqual({ outcome: 'not_claimable' });
  });

  it('is what the kill switch stopped, until it goes on', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    await flow.store.transaction((tx) => tx.setStopped(stopRow('default', null)));
    expect(await click(flow, awardId)).toEqual({ outcome: 'paused' });
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
    await flow.store.transaction((tx) => tx.setStopped(stopRow('default', null, false)));
    uriOf(await click(flow, awardId));
  });

  it('is not sent on a status that this version does not know', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    uriOf(await click(flow, awardId));
    flow.advance({ hours: 47, minutes: 50 });
    const statuses = async (ids: Iterable<string>) => [...ids].map((id) => ({ id, status: 'on_hold' }));
    const context = { ...flow.context, seekPass: { ...portOf(flow), statuses } };
    expect(await click({ context }, awardId)).toEqual({ outcome: 'unavailable' });
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
  });
});

/** The client's calls as plain functions, to replace one of them. */
function portOf({ seekPass }: AddFlowFixture): FlowContext['seekPass'] {
  return {
    add: (input, call) => seekPass.add(input, call),
    statuses: (ids, call) => seekPass.statuses(ids, call),
    now: () => seekPass.now(),
  };
}
