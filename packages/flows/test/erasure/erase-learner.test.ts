import { describe, expect, it } from 'vitest';
import { issueAward } from '../../src/awards/issue-awards.ts';
import { planAwards } from '../../src/awards/plan-awards.ts';
import { changeRecipient } from '../../src/awards/change-recipient.ts';
import { subjectHash } from '../../src/awards/recipient-identity.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { allowAgain } from '../../src/erasure/allow-again.ts';
import { eraseLearner, type ErasureRequest } from '../../src/erasure/erase-learner.ts';
import type { ErasureReport } from '../../src/erasure/erasure-report.ts';
import { liftHold, placeHold } from '../../src/erasure/holds.ts';
import { runDue } from '../../src/jobs/runner.ts';
import { mailHandlers } from '../../src/mail/mail-handlers.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import {
  type AddFlowFixture,
  awardInput,
  lan,
  microcredential,
  openAddFlow,
  sampleRun,
} from '../add-flow-fixture.ts';
import { verificationRow } from '../conformance/verification-conformance.ts';

const ofLan = { email: lan.email };

async function erase(flow: AddFlowFixture, change: Partial<ErasureRequest> = {}): Promise<ErasureReport> {
  return eraseLearner(flow.context, { of: ofLan, reason: 'asked_by_person', who: 'staff-7', ...change });
}

async function erased(flow: AddFlowFixture, change: Partial<ErasureRequest> = {}) {
  const report = await erase(flow, change);
  if (report.outcome !== 'erased' && report.outcome !== 'would_erase') throw new Error(report.outcome);
  return report;
}

async function mail({ context, store, clock }: AddFlowFixture): Promise<void> {
  const runner = { store, clock, random: Math.random, issuers: ['default'] };
  await runDue(runner, { budgetMs: 60_000, handlers: mailHandlers(context) });
}

async function recordOf({ store }: AddFlowFixture, awardId: string) {
  const award = await store.read.award('default', awardId);
  const recipient = await store.read.recipient('default', award?.recipientId ?? '');
  if (award === undefined || recipient === undefined) throw new Error('The record is gone.');
  return { award, recipient };
}

/** Why an award to this person under this key is refused now; the dry run of a file must say the same. */
async function refusal({ context }: AddFlowFixture, change: Parameters<typeof awardInput>[0] = {}) {
  const planned = await planAwards(context, [awardInput(change)], {});
  const result = await issueAward(context, awardInput(change), { ...sampleRun, runId: 'later' });
  const codes = result.result === 'refused' ? result.problems.map(({ code }) => code) : [result.result];
  expect(planned[0]?.problems.map(({ code }) => code) ?? []).toEqual(
    result.result === 'refused' ? codes : [],
  );
  return codes;
}

describe('security rule 17: erasing a learner', () => {
  it('removes what leads to the person and keeps the record of each award, under a key of its own', async () => {
    const flow = await openAddFlow();
    const { context, store } = flow;
    const awardId = await flow.issue();
    const other = await flow.issue({ key: '2026/SQL/104233' });
    await mail(flow);
    const before = await recordOf(flow, awardId);
    const oldKey = await context.records.dataKeyOf(before.recipient);

    const report = await erased(flow);
    expect(report).toMatchObject({
      outcome: 'erased',
      removed: { recipients: 1, awardContents: 0, mails: 2, documents: 0, verifications: 0 },
      kept: [
        { what: 'award_record', why: 'retention_duty', count: 2 },
        { what: 'history', count: 2 },
        { what: 'suppression', count: 5 },
      ],
      standing: { standing: 'pending', on: 'key_in_use', keyIds: ['k1'] },
    });
    expect(report.awards.map(({ maskedKey }) => maskedKey)).toEqual(['202…233', '202…233']);

    expect(await store.read.recipient('default', before.recipient.id)).toBeUndefined();
    expect(await store.read.recipientsByEmail('default', [before.recipient.emailHash])).toEqual([]);
    expect(await store.read.mailsOfRecipient('default', before.recipient.id, 10)).toEqual([]);
    const { award, recipient } = await recordOf(flow, awardId);
    expect(recipient).toMatchObject({ subjectHash: null, sealedPerson: new Uint8Array() });
    expect((await recordOf(flow, other)).recipient.id).toBe(recipient.id);
    const newKey = await context.records.dataKeyOf(recipient);
    expect(context.records.openAward(newKey, award)).toEqual(context.records.openAward(oldKey, before.award));
    expect(() => context.records.openAward(oldKey, award)).toThrow(/authenticate/);
    const history = await store.read.history('default', awardId);
    expect(history.at(-1)).toMatchObject({
      what: 'erased',
      who: 'staff-7',
      why: `delivery data, asked by person, erasure ${report.erasureId}`,
    });
    expect(await store.read.auditOf('default', `erasure:${report.erasureId}`, 5)).toMatchObject([
      { what: 'erased', who: 'staff-7', why: 'delivery data, asked by person' },
    ]);
    expect(await store.read.countByState('default')).toEqual({ erased: 2 });
  });

  it('with a legal basis destroys what the awards hold, too, and leaves a trace that is found by key', async () => {
    const flow = await openAddFlow();
    const { store } = flow;
    const awardId = await flow.issue();
    const all = { legalBasis: 'order_of_authority' } as const;
    const report = await erased(flow, { all });
    expect(report.removed.awardContents).toBe(1);
    expect(report.kept.map(({ what }) => what)).toEqual(['award_trace', 'history', 'suppression']);
    const { award, recipient } = await recordOf(flow, awardId);
    expect(award.sealedCredential).toHaveLength(0);
    expect(recipient.wrappedKey).toBeNull();
    expect(await store.read.erasures('default', 5)).toMatchObject([
      {
        id: report.erasureId,
        part: 'everything',
        reason: 'asked_by_person',
        legalBasis: 'order_of_authority',
      },
    ]);
    expect(await store.read.history('default', awardId)).toMatchObject([
      { what: 'created' },
      { what: 'erased', why: `everything, asked by person, order of authority, erasure ${report.erasureId}` },
    ]);
    expect(await erase(flow, { of: { key: '2026/WELD/104233' }, all })).toEqual({
      outcome: 'already_erased',
    });
  });

  it('reaches the record by its key later, when that may be destroyed too', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    await erased(flow);
    expect(await erase(flow)).toEqual({ outcome: 'nothing_found' });
    const of = { key: '2026/WELD/104233' };
    expect(await erase(flow, { of })).toEqual({ outcome: 'already_erased' });
    const report = await erased(flow, { of, all: { legalBasis: 'no_longer_needed' } });
    expect(report.removed).toMatchObject({ recipients: 0, awardContents: 1 });
    expect((await recordOf(flow, awardId)).award.facts).toEqual({ submissions: [], erased: 'everything' });
  });

  it('as a dry run reports the same and changes nothing', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const before = await recordOf(flow, awardId);
    const planned = await erased(flow, { dryRun: true });
    expect(planned.outcome).toBe('would_erase');
    expect(await recordOf(flow, awardId)).toEqual(before);
    expect(await flow.store.read.erasures('default', 5)).toEqual([]);
    const done = await erased(flow);
    expect({ ...planned, outcome: 'erased', erasureId: done.erasureId }).toEqual(done);
  });

  it('lets nothing be claimed, mailed, resent or changed any more, and goes on asking about what is open', async () => {
    const flow = await openAddFlow();
    const { context } = flow;
    const awardId = await flow.issue();
    await flow.issue({ key: 'second' });
    const opened = await submitClaim(context, { awardId, generation: 1, again: false });
    expect(opened.outcome).toBe('redirect');
    const report = await erased(flow);
    expect(report.kept).toContainEqual({ what: 'open_submission', why: 'ends_by_itself', count: 1 });
    for (const generation of [1, 2]) {
      expect(await submitClaim(context, { awardId, generation, again: true })).toEqual({
        outcome: 'not_claimable',
      });
    }
    await mail(flow);
    expect(flow.mails.sent).toEqual([]);
    expect(await flow.store.read.countMailsByState('default')).toEqual({});
    flow.advance({ hours: 49 });
    const { events } = await pollSubmissions(context, { budgetMs: 60_000 });
    expect(events).toMatchObject([{ type: 'expired', awardId }]);
  });

  it('leaves an award that was taken back as taken back', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    await withdraw(flow.context, { awardId, reason: 'revoked', who: 'staff-7' });
    await erased(flow);
    expect(await flow.store.read.countByState('default')).toEqual({ withdrawn: 1 });
  });

  it('finds everything at an address; by key or subject one person, and says that somebody else is at the address', async () => {
    const flow = await openAddFlow();
    const { context, store } = flow;
    const minh = { fullName: 'Trần Minh', email: lan.email, subject: 'sis:7' };
    await flow.issue();
    await flow.issue({ key: 'moved', recipient: { ...lan, email: 'lan.new@example.edu' } });
    await flow.issue({ key: 'of minh', recipient: minh });
    const report = await erased(flow, { of: { key: 'moved' } });
    expect(report.awards).toHaveLength(2);
    expect(report.kept).toContainEqual({ what: 'others_at_address', why: 'other_person', count: 1 });
    expect(await refusal(flow, { key: 'more for minh', recipient: minh })).toEqual(['created']);
    expect(await refusal(flow, { key: 'again' })).toEqual(['erased_before']);
    expect((await erased(flow)).awards).toHaveLength(2);
    expect(await store.read.countByState('default')).toEqual({ erased: 4 });
    expect(await eraseLearner(context, { of: { subject: 'sis:7' }, reason: 'other', who: 'x' })).toEqual({
      outcome: 'nothing_found',
    });
  });

  it('refuses what cannot be an address, instead of finding nobody', async () => {
    const flow = await openAddFlow();
    await expect(erase(flow, { of: { email: 'lan at example' } })).rejects.toMatchObject({
      code: 'invalid_configuration',
    });
    await expect(erase(flow, { of: { key: '' } })).rejects.toMatchObject({ code: 'invalid_configuration' });
  });

  it('destroys no record without a legal basis, whoever calls it without types', async () => {
    const flow = await openAddFlow();
    await flow.issue();
    for (const all of [{}, { legalBasis: '' }, { legalBasis: 'because' }] as never[]) {
      await expect(erase(flow, { all })).rejects.toThrow(/legal basis only/);
    }
    expect(await flow.store.read.countByState('default')).toEqual({ ready: 1 });
  });
});

describe('security rule 17: a hold', () => {
  it.each([
    ['email', ofLan],
    ['subject', { subject: 'sis:104233' }],
    ['key', { key: '2026/WELD/104233' }],
  ] as const)('on the %s keeps everything of the person, until it is lifted', async (on, of) => {
    const flow = await openAddFlow();
    const { context } = flow;
    await placeHold(context, { of, reason: 'legal_claim', who: 'staff-9' });
    const awardId = await flow.issue();
    const before = await recordOf(flow, awardId);
    const all = { legalBasis: 'legal_obligation' } as const;
    for (const report of [
      await erase(flow),
      await erase(flow, { all }),
      await erase(flow, { dryRun: true }),
    ]) {
      expect(report).toMatchObject({
        outcome: 'held',
        holds: [{ on, reason: 'legal_claim', who: 'staff-9' }],
      });
    }
    expect(await recordOf(flow, awardId)).toEqual(before);
    expect(await liftHold(context, { of, who: 'staff-9' })).toBe('lifted');
    expect(await liftHold(context, { of, who: 'staff-9' })).toBe('not_held');
    await erased(flow);
  });
});

it('security rule 17: whoever was only verified is erased by subject, unless a hold keeps them', async () => {
  const flow = await openAddFlow();
  const { context, store } = flow;
  const of = { subject: 'sis:5' };
  const row = verificationRow('default', 'v1', { subjectHash: subjectHash(context, 'sis:5') });
  await store.transaction((tx) => tx.insertVerification(row));
  await placeHold(context, { of, reason: 'dispute', who: 'staff-9' });
  expect(await erase(flow, { of })).toMatchObject({ outcome: 'held', holds: [{ on: 'subject' }] });
  await liftHold(context, { of, who: 'staff-9' });
  expect((await erased(flow, { of })).removed).toMatchObject({ recipients: 0, verifications: 1 });
  expect((await store.read.verification('default', 'v1'))?.wrappedKey).toBeNull();
  expect(await erase(flow, { of })).toEqual({ outcome: 'nothing_found' });
});

describe('security rule 17: after an erasure', () => {
  const someoneElse = { fullName: 'Trần Minh', email: 'minh@example.edu' };

  it.each([
    ['the same row again', {}],
    ['the person with another award', { key: 'another' }],
    [
      'the address under another name',
      { key: 'another', recipient: { fullName: 'Lan N.', email: lan.email } },
    ],
    ['the subject at another address', { key: 'another', recipient: { ...lan, email: 'x@example.edu' } }],
    ['the key for somebody else', { recipient: someoneElse }],
  ] as const)('an import of %s is refused, in a dry run too', async (_, change) => {
    const flow = await openAddFlow();
    await flow.issue();
    await erased(flow);
    expect(await refusal(flow, change)).toEqual(['erased_before']);
    expect(await refusal(flow, { key: 'for somebody else', recipient: someoneElse })).toEqual(['created']);
  });

  it('a person may allow it again: a new version, of a new recipient', async () => {
    const flow = await openAddFlow();
    const { context } = flow;
    const awardId = await flow.issue();
    const { erasureId } = await erased(flow);
    expect(await allowAgain(context, { of: { email: 'x@example.edu' }, who: 'staff-7' })).toBe(
      'not_suppressed',
    );
    expect(await allowAgain(context, { of: ofLan, who: 'staff-7' })).toBe('allowed');
    expect(await flow.store.read.auditOf('default', `erasure:${erasureId}`, 1)).toMatchObject([
      { what: 'suppression_lifted', who: 'staff-7' },
    ]);
    const again = await issueAward(context, awardInput(), { ...sampleRun, runId: 'again' });
    expect(again).toMatchObject({ result: 'created', version: 2 });
    expect((await recordOf(flow, awardId)).award.facts).toMatchObject({ erased: 'delivery_data' });
    const corrected = awardInput({ credential: microcredential({ issue_date: '2026-02-21' }) });
    expect((await issueAward(context, corrected, sampleRun)).result).not.toBe('refused');
    // The record of the first version is not theirs again.
    expect((await erased(flow)).awards).toHaveLength(2);
  });

  it('with a legal basis the key reaches the records of former versions, too, which nobody belongs to any more', async () => {
    const flow = await openAddFlow();
    const first = await flow.issue();
    await erased(flow);
    await allowAgain(flow.context, { of: ofLan, who: 'staff-7' });
    await issueAward(flow.context, awardInput(), { ...sampleRun, runId: 'again' });
    const all = { legalBasis: 'order_of_authority' } as const;
    expect((await erased(flow, { all })).removed).toMatchObject({ recipients: 1, awardContents: 1 });
    const of = { key: '2026/WELD/104233' };
    const rest = await erased(flow, { of, all });
    expect(rest).toMatchObject({ awards: [{ version: 1 }], removed: { recipients: 0, awardContents: 1 } });
    expect((await recordOf(flow, first)).award.sealedCredential).toHaveLength(0);
    expect((await recordOf(flow, first)).award.facts).toMatchObject({ erased: 'everything' });
    expect(await erase(flow, { of, all })).toEqual({ outcome: 'already_erased' });
  });

  it('what went to somebody else before is theirs: it may still be corrected', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const change = {
      recipient: someoneElse,
      reason: 'wrong_person',
      who: 'staff-7',
      mayChangeRecipients: true,
    } as const;
    await changeRecipient(flow.context, { awardId, ...change });
    await erased(flow);
    const corrected = { recipient: someoneElse, credential: microcredential({ issue_date: '2026-02-21' }) };
    expect(await refusal(flow, corrected)).toEqual(['replaces']);
    expect(await changeRecipient(flow.context, { awardId, ...change })).toEqual({
      outcome: 'recipient_erased',
    });
  });
});
