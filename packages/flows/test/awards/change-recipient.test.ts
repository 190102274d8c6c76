import { describe, expect, it } from 'vitest';
import { addressChangedKind } from '../../src/awards/address-changed-job.ts';
import { changeRecipient, type RecipientChange } from '../../src/awards/change-recipient.ts';
import { claimMailKind } from '../../src/awards/claim-mail-job.ts';
import { copyClaimLink } from '../../src/awards/claim-link.ts';
import { issueAward } from '../../src/awards/issue-awards.ts';
import type { Recipient } from '../../src/awards/recipient.ts';
import { recipientId } from '../../src/awards/recipient-identity.ts';
import { stopIssuing } from '../../src/awards/stop-issuing.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { checkClaimToken } from '../../src/claims/claim-token.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { eraseLearner } from '../../src/erasure/erase-learner.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import {
  type AddFlowFixture,
  awardInput,
  lan,
  microcredential,
  openAddFlow,
  sampleRun,
} from '../add-flow-fixture.ts';
import { workOn } from '../mail/mail-fixture.ts';

const right: Recipient = {
  fullName: 'Nguyễn Thị Lan',
  email: 'lan.nguyen@example.edu',
  subject: 'sis:104233',
};

const ask = (awardId: string, change: Partial<RecipientChange> = {}): RecipientChange => ({
  awardId,
  recipient: right,
  reason: 'wrong_address',
  who: 'staff-7',
  mayChangeRecipients: true,
  ...change,
});

async function changed(flow: AddFlowFixture, awardId: string, change: Partial<RecipientChange> = {}) {
  const result = await changeRecipient(flow.context, ask(awardId, change));
  if (result.outcome !== 'changed') throw new Error(result.outcome);
  return result;
}

const click = ({ context }: AddFlowFixture, awardId: string, generation = 1) =>
  submitClaim(context, { awardId, generation, again: false });

const lines = async ({ store }: AddFlowFixture, awardId: string) =>
  (await store.read.history('default', awardId)).map(({ what, who, why }) => `${what} ${who} ${why}`);

const jobsDue = async ({ store, clock }: AddFlowFixture, kind: string) => {
  const request = { issuers: ['default'], kinds: [kind], limit: 99, leaseMs: 1, now: clock.now() };
  return (await store.jobs.claim(request)).map(({ refs }) => refs);
};

describe('security rule 12: a changed recipient', () => {
  it('gets a new version with the same credential; both versions say who did it and why', async () => {
    const flow = await openAddFlow();
    const former = await flow.issue();
    const next = await changed(flow, former);
    expect(next).toMatchObject({ version: 2, openAtSeekPass: false, inWallet: false });
    expect(await lines(flow, former)).toEqual([
      'created staff-7 null',
      'recipient_changed staff-7 wrong_address, to version 2',
    ]);
    expect(await lines(flow, next.awardId)).toEqual(['recipient_changed staff-7 wrong_address, version 2']);
    const unchanged = await issueAward(flow.context, awardInput({ recipient: right }), sampleRun);
    expect(unchanged).toMatchObject({ result: 'unchanged', awardId: next.awardId });
    const stale = await issueAward(flow.context, awardInput(), sampleRun);
    expect(stale).toMatchObject({ result: 'refused', problems: [{ code: 'other_recipient' }] });
  });

  it('gets another credential when the former one names somebody else', async () => {
    const flow = await openAddFlow();
    const credential = microcredential({ full_name: 'Trần Văn Minh' });
    const recipient = { fullName: 'Trần Văn Minh', email: 'minh@example.edu' };
    const next = await changed(flow, await flow.issue(), { recipient, credential, reason: 'wrong_person' });
    flow.advance({ hours: 24 });
    expect(await click(flow, next.awardId)).toMatchObject({ outcome: 'redirect' });
    expect(JSON.stringify(flow.sandbox.control.submissions.list())).toContain('Trần Văn Minh');
  });

  it('leaves no link, code or open submission of the former one alive', async () => {
    const flow = await openAddFlow();
    const former = await flow.issue();
    const link = await copyClaimLink(flow.context, { awardId: former, who: 'staff-7' });
    const bytes = new Uint8Array(32);
    const code = { sessionHash: bytes, emailHash: bytes, codeHash: bytes, tries: 0 };
    const expiresAt = flow.clock.now() + 600_000;
    await flow.store.transaction((tx) =>
      tx.putClaimCode({ issuer: 'default', awardId: former, ...code, expiresAt }),
    );
    await changed(flow, former);
    const row = await flow.store.read.award('default', former);
    const token = link.outcome === 'link' ? (link.url.split('/').at(-1) ?? '') : '';
    const current = { issuer: 'default', awardId: former, generation: row?.generation ?? 0 };
    expect(checkClaimToken(flow.context.claimKeys, token, current)).toBe('older');
    for (const generation of [1, 2]) {
      expect(await click(flow, former, generation)).toEqual({ outcome: 'not_claimable' });
    }
    const tried = flow.store.transaction((tx) =>
      tx.tryClaimCode('default', former, bytes, 5, flow.clock.now()),
    );
    expect(await tried).toBeUndefined();
    expect(await copyClaimLink(flow.context, { awardId: former, who: 'staff-7' })).toEqual({
      outcome: 'closed',
    });
  });

  it('waits 24 hours: no claim and no mail before, also after a correction', async () => {
    const flow = await openAddFlow();
    const next = await changed(flow, await flow.issue());
    expect(next.claimableFrom).toBe(flow.clock.now() + 24 * 3_600_000);
    await jobsDue(flow, claimMailKind);
    const credential = microcredential({ microcredential_name: 'Underwater Welding, Level 3' });
    const corrected = await issueAward(flow.context, awardInput({ recipient: right, credential }), {
      ...sampleRun,
      runId: 'run-2',
    });
    const awardId = corrected.result === 'refused' ? '' : corrected.awardId;
    flow.advance({ hours: 23, minutes: 59 });
    expect(await click(flow, next.awardId)).toEqual({ outcome: 'not_claimable' });
    expect(await click(flow, awardId)).toEqual({ outcome: 'paused' });
    const mailed = recipientId(flow.context, right);
    const early = await jobsDue(flow, claimMailKind);
    expect(early.filter((refs) => refs['recipientId'] === mailed)).toEqual([]);
    flow.advance({ minutes: 1 });
    expect(await click(flow, awardId)).toMatchObject({ outcome: 'redirect' });
    const due = await jobsDue(flow, claimMailKind);
    expect(due.filter((refs) => refs['recipientId'] === mailed)).toHaveLength(1);
  });

  it('makes a job at once that tells the former address, with ids only', async () => {
    const flow = await openAddFlow();
    const former = await flow.issue();
    await changed(flow, former);
    expect(await jobsDue(flow, addressChangedKind)).toEqual([
      { awardId: former, recipientId: recipientId(flow.context, lan) },
    ]);
  });
});

it('security rule 12: nobody is told when the former person is erased meanwhile', async () => {
  const flow = await openAddFlow();
  await changed(flow, await flow.issue());
  await eraseLearner(flow.context, { of: { email: lan.email }, reason: 'asked_by_person', who: 'staff-7' });
  expect(await workOn(flow.context)).toMatchObject({ dead: 0, retried: 0 });
  expect(flow.mails.sent).toEqual([]);
});

describe('security rule 12: once something was submitted', () => {
  it('a second person must have agreed, and nobody is their own second person', async () => {
    const flow = await openAddFlow();
    const former = await flow.issue();
    expect(await click(flow, former)).toMatchObject({ outcome: 'redirect' });
    for (const approvedBy of [
      {},
      { approvedBy: 'staff-7' },
      { approvedBy: ' staff-7 ' },
      { approvedBy: ' ' },
    ]) {
      expect(await changeRecipient(flow.context, ask(former, approvedBy))).toEqual({
        outcome: 'needs_second_person',
      });
    }
    const next = await changed(flow, former, { approvedBy: 'staff-9' });
    expect(next).toMatchObject({ openAtSeekPass: true });
    expect((await lines(flow, former)).at(-1)).toBe(
      'recipient_changed staff-7 wrong_address, approved by staff-9, to version 2',
    );
  });

  it('the next recipient gets a submission of their own, and the former one is followed to its end', async () => {
    const flow = await openAddFlow();
    const former = await flow.issue();
    const claimed = await click(flow, former);
    const next = await changed(flow, former, { approvedBy: 'staff-9' });
    const link = claimed.outcome === 'redirect' ? claimed.redirectUri : '';
    flow.sandbox.control.learner.consent({ link, email: lan.email });
    flow.advance({ hours: 24 });
    expect(await click(flow, next.awardId)).toMatchObject({ outcome: 'redirect' });
    const ids = flow.sandbox.control.submissions.list().map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    const { events } = await pollSubmissions(flow.context, { budgetMs: 60_000 });
    expect(events).toMatchObject([{ type: 'added_after_supersession', awardId: former }]);
    expect(await changeRecipient(flow.context, ask(next.awardId, { recipient: lan }))).toEqual({
      outcome: 'needs_second_person',
    });
  });

  it('a submission of any former version counts', async () => {
    const flow = await openAddFlow();
    const first = await flow.issue();
    await click(flow, first);
    const second = await flow.issue({ credential: microcredential({ issue_date: '2026-02-21' }) });
    expect(await changeRecipient(flow.context, ask(second))).toEqual({ outcome: 'needs_second_person' });
  });
});

describe('security rule 12: nothing changes', () => {
  it('for whoever may not change recipients', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    expect(await changeRecipient(flow.context, ask(awardId, { mayChangeRecipients: false }))).toEqual({
      outcome: 'not_permitted',
    });
    expect(await lines(flow, awardId)).toHaveLength(1);
    expect(await jobsDue(flow, addressChangedKind)).toEqual([]);
  });

  it('for the same person, an unknown award, and one whose link is closed', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    expect(await changeRecipient(flow.context, ask(awardId, { recipient: lan }))).toEqual({
      outcome: 'same_recipient',
    });
    expect(await changeRecipient(flow.context, ask('none'))).toEqual({ outcome: 'unknown_award' });
    await withdraw(flow.context, { awardId, reason: 'revoked', who: 'staff-7' });
    expect(await changeRecipient(flow.context, ask(awardId))).toEqual({ outcome: 'closed' });
  });

  it('for a recipient that may not be issued to, and while issuing is stopped', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const gone = { fullName: 'Trần Minh', email: 'minh@example.edu' };
    const other = await flow.issue({ key: 'b', recipient: gone });
    const wrong = { ...right, email: 'lan@example.edu, eve@example.com' };
    const codes = async (change: Partial<RecipientChange>) => {
      const result = await changeRecipient(flow.context, ask(awardId, change));
      return result.outcome === 'refused'
        ? result.problems.map(({ path, code }) => `${path} ${code}`)
        : [result.outcome];
    };
    expect(await codes({ recipient: wrong })).toEqual(['recipient.email bad_characters']);
    await eraseLearner(flow.context, {
      of: { email: gone.email },
      reason: 'asked_by_person',
      who: 'staff-7',
    });
    expect(await codes({ recipient: gone })).toEqual(['recipient erased_before']);
    expect(await codes({ awardId: other, recipient: lan })).toEqual(['recipient_erased']);
    await stopIssuing(flow.context, null, { who: 'staff-7', reason: 'security_incident' });
    expect(await codes({})).toEqual(['credential.credential_type issuing_stopped']);
    expect(await lines(flow, awardId)).toHaveLength(1);
  });

  it('twice, however many ask at once', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const results = await Promise.all([1, 2, 3].map(() => changeRecipient(flow.context, ask(awardId))));
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['changed', 'closed', 'closed']);
  });
});
