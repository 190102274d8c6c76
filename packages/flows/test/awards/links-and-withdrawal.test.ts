import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/awards/award-facts.ts';
import { claimUrl, copyClaimLink, rotateLink } from '../../src/awards/claim-link.ts';
import { issueAward } from '../../src/awards/issue-awards.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { checkClaimToken } from '../../src/claims/claim-token.ts';
import {
  type AddFlowFixture,
  awardInput,
  microcredential,
  openAddFlow,
  sampleRun,
} from '../add-flow-fixture.ts';

async function verdictOf({ context, store }: AddFlowFixture, url: string, awardId: string) {
  const award = await store.read.award('default', awardId);
  const generation = award?.generation ?? 0;
  const token = url.split('/').at(-1) ?? '';
  return checkClaimToken(context.claimKeys, token, { issuer: 'default', awardId, generation });
}

async function putCode({ store, clock }: AddFlowFixture, awardId: string) {
  const bytes = new Uint8Array(32);
  const hashes = { sessionHash: bytes, emailHash: bytes, codeHash: bytes };
  const expiresAt = clock.now() + 600_000;
  await store.transaction((tx) =>
    tx.putClaimCode({ issuer: 'default', awardId, ...hashes, tries: 0, expiresAt }),
  );
  return () => store.transaction((tx) => tx.tryClaimCode('default', awardId, bytes, 5, clock.now()));
}

const whats = async ({ store }: AddFlowFixture, awardId: string) =>
  (await store.read.history('default', awardId)).map(({ what, who, why }) => `${what} ${who} ${why}`);

describe('a claim link', () => {
  it('is the same every time, and copying it is on record', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const award = await flow.store.read.award('default', awardId);
    const copied = await copyClaimLink(flow.context, { awardId, who: 'staff-7' });
    expect(copied).toEqual({ outcome: 'link', url: award && claimUrl(flow.context, award) });
    expect(await whats(flow, awardId)).toContain('link_copied staff-7 generation 1');
    expect(award && claimUrl(flow.context, award)).toMatch(
      /^https:\/\/credentials\.example\.edu\/claim\/[\w-]{22}\/[\w-]{43}$/,
    );
  });

  it('dies with every older one when it is rotated, and its codes too', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const before = await copyClaimLink(flow.context, { awardId, who: 'staff-7' });
    const tryCode = await putCode(flow, awardId);
    const after = await rotateLink(flow.context, { awardId, who: 'staff-7' });
    if (before.outcome !== 'link' || after.outcome !== 'link') throw new Error('no link');
    expect(await verdictOf(flow, before.url, awardId)).toBe('older');
    expect(await verdictOf(flow, after.url, awardId)).toBe('current');
    expect(await tryCode()).toBeUndefined();
    expect(await whats(flow, awardId)).toContain('link_rotated staff-7 generation 2');
  });

  it('is not given out for what is not there or closed', async () => {
    const { context, issue } = await openAddFlow();
    const awardId = await issue();
    await withdraw(context, { awardId, reason: 'revoked', who: 'staff-7' });
    expect(await copyClaimLink(context, { awardId, who: 'staff-7' })).toEqual({ outcome: 'closed' });
    expect(await rotateLink(context, { awardId: 'none', who: 'x' })).toEqual({ outcome: 'unknown_award' });
  });

  it('of another issuer does not exist here', async () => {
    const { context, issue } = await openAddFlow();
    const awardId = await issue();
    const other = { ...context, issuer: 'other' };
    expect(await copyClaimLink(other, { awardId, who: 'x' })).toEqual({ outcome: 'unknown_award' });
    expect(await withdraw(other, { awardId, reason: 'other', who: 'x' })).toEqual({
      outcome: 'unknown_award',
    });
  });
});

describe('withdrawing', () => {
  it('closes the link once, with who and why, and kills link and code', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const link = await copyClaimLink(flow.context, { awardId, who: 'staff-7' });
    const tryCode = await putCode(flow, awardId);
    const withdrawal = { awardId, reason: 'wrong_recipient', who: 'staff-9' } as const;
    expect(await withdraw(flow.context, withdrawal)).toEqual({
      outcome: 'withdrawn',
      openAtSeekPass: false,
      inWallet: false,
    });
    expect(await withdraw(flow.context, withdrawal)).toMatchObject({ outcome: 'already_withdrawn' });
    expect((await whats(flow, awardId)).filter((line) => line.startsWith('withdrawn'))).toEqual([
      'withdrawn staff-9 wrong_recipient',
    ]);
    expect(await verdictOf(flow, link.outcome === 'link' ? link.url : '', awardId)).toBe('older');
    expect(await tryCode()).toBeUndefined();
  });

  it('of a version that was corrected meanwhile withdraws nothing by mistake, and names the one that can be claimed', async () => {
    const { context, store, issue } = await openAddFlow();
    const seen = await issue();
    const corrected = await issue({ credential: microcredential({ issue_date: '2026-02-21' }) });
    const withdrawal = { reason: 'wrong_content', who: 'staff-9' } as const;
    const missed = await withdraw(context, { ...withdrawal, awardId: seen });
    expect(missed).toEqual({ outcome: 'superseded', newest: corrected });
    expect((await store.read.history('default', seen)).at(-1)?.what).toBe('superseded');
    expect(await withdraw(context, { ...withdrawal, awardId: corrected })).toMatchObject({
      outcome: 'withdrawn',
    });
  });

  it('is not undone by the next import, only by a deliberate one', async () => {
    const { context, store, issue } = await openAddFlow();
    const awardId = await issue();
    await withdraw(context, { awardId, reason: 'wrong_content', who: 'staff-9' });
    const again = await issueAward(context, awardInput(), sampleRun);
    expect(again.result === 'refused' && again.problems.map(({ code }) => code)).toEqual(['withdrawn']);
    const meant = await issueAward(context, awardInput(), { ...sampleRun, reissueWithdrawn: true });
    expect(meant).toMatchObject({ result: 'replaces', version: 2 });
    const former = await store.read.award('default', awardId);
    expect(former && standingOf(former.facts).state).toBe('withdrawn');
  });
});
