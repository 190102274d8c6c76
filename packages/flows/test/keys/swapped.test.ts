import { describe, expect, it } from 'vitest';
import { issueAward } from '../../src/awards/issue-awards.ts';
import { claimUrl, rotateLink } from '../../src/awards/claim-link.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { createClaimHandler } from '../../src/claims/claim-handler.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import type { Store } from '../../src/store/ports.ts';
import type { AwardRow, RecipientRow } from '../../src/store/rows.ts';
import { type AddFlowFixture, awardInput, openAddFlow, sampleRun } from '../add-flow-fixture.ts';
import { ClaimBrowser } from '../claims/claim-browser.ts';

const twin = { fullName: 'Trần Văn Minh', email: 'minh@example.edu' };
const claim = (awardId: string) => ({ awardId, generation: 1, again: false });

async function rowsOf({ store }: AddFlowFixture, awardId: string): Promise<[AwardRow, RecipientRow]> {
  const award = await store.read.award('default', awardId);
  const recipient = await store.read.recipient('default', award?.recipientId ?? '');
  if (award === undefined || recipient === undefined) throw new Error('The award is gone.');
  return [award, recipient];
}

/** Over a database in which somebody has changed the row of an award. */
function withAward({ context, store }: AddFlowFixture, changed: AwardRow): FlowContext {
  const transaction: Store['transaction'] = (work, options) =>
    store.transaction((tx) => work({ ...tx, lockAward: async () => changed }), options);
  return { ...context, store: { ...store, transaction } };
}

describe('security rule 16: whoever can write to the database', () => {
  it('cannot give one award the credential of another, of the same person or of somebody else', async () => {
    const flow = await openAddFlow();
    const [mine, better, theirs] = [
      await flow.issue(),
      await flow.issue({ key: 'b' }),
      await flow.issue({ key: 'c', recipient: twin }),
    ];
    for (const other of [better, theirs]) {
      const [award] = await rowsOf(flow, mine);
      const { sealedCredential } = (await rowsOf(flow, other))[0];
      const context = withAward(flow, { ...award, sealedCredential });
      await expect(submitClaim(context, claim(mine))).rejects.toThrow(Error);
    }
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it('cannot give one person the key, the name or the address of another', async () => {
    const flow = await openAddFlow();
    const mine = await flow.issue();
    const [, me] = await rowsOf(flow, mine);
    const [, them] = await rowsOf(flow, await flow.issue({ key: 'b', recipient: twin }));
    const { records } = flow.context;
    const dataKey = await records.dataKeyOf(me);
    await expect(records.dataKeyOf({ ...me, wrappedKey: them.wrappedKey })).rejects.toThrow(Error);
    expect(() => records.openPerson(dataKey, { ...me, sealedPerson: them.sealedPerson })).toThrow(Error);
    const whole = { ...me, wrappedKey: them.wrappedKey, sealedPerson: them.sealedPerson };
    await expect(records.dataKeyOf(whole)).rejects.toThrow(Error);
  });

  it('cannot hand an award over by moving it to another person', async () => {
    const flow = await openAddFlow();
    const mine = await flow.issue();
    const [award] = await rowsOf(flow, mine);
    const [, them] = await rowsOf(flow, await flow.issue({ key: 'b', recipient: twin }));
    const context = withAward(flow, { ...award, recipientId: them.id });
    await expect(submitClaim(context, claim(mine))).rejects.toThrow(Error);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it('cannot use a column of one kind as another, or a row under another issuer', async () => {
    const flow = await openAddFlow();
    const [award, person] = await rowsOf(flow, await flow.issue());
    const { records } = flow.context;
    const dataKey = await records.dataKeyOf(person);
    expect(() => records.openAward(dataKey, { ...award, sealedCredential: person.sealedPerson })).toThrow(
      Error,
    );
    expect(() => records.openAward(dataKey, { ...award, issuer: 'other' })).toThrow(Error);
    expect(() => records.openPerson(dataKey, { ...person, issuer: 'other' })).toThrow(Error);
    await expect(records.dataKeyOf({ ...person, issuer: 'other' })).rejects.toThrow(Error);
  });
});

describe('security rule 16: two issuers on one database, even with the same keys', () => {
  it('do not know each other\u2019s awards, people and links', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const other: FlowContext = { ...flow.context, issuer: 'other' };
    const theirs = await issueAward(other, awardInput(), sampleRun);
    expect(theirs).toMatchObject({ result: 'created', version: 1 });
    expect(await submitClaim(other, claim(awardId))).toEqual({ outcome: 'not_claimable' });
    expect(await withdraw(other, { awardId, reason: 'revoked', who: 'x' })).toEqual({
      outcome: 'unknown_award',
    });
    expect(await rotateLink(other, { awardId, who: 'x' })).toEqual({ outcome: 'unknown_award' });
    const [award, person] = await rowsOf(flow, awardId);
    const theirPeople = await flow.store.read.recipientsByEmail('other', [person.emailHash]);
    expect(theirPeople).toEqual([]);
    expect((await flow.store.read.awardsByKey('other', [award.keyHash])).length).toBe(0);
  });

  it('the link of one is an unknown link on the pages of the other', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const award = await flow.store.read.award('default', awardId);
    if (award === undefined) throw new Error('The award is gone.');
    const link = claimUrl(flow.context, award);
    const pages = new ClaimBrowser(createClaimHandler({ ...flow.context, issuer: 'other' }));
    const shown = await pages.open(link);
    const unknown = await pages.open(link.replace(awardId, Buffer.alloc(16, 1).toString('base64url')));
    expect(shown.forms).toEqual([]);
    expect([shown.status, shown.problem, shown.html]).toEqual([
      unknown.status,
      unknown.problem,
      unknown.html,
    ]);
  });
});
