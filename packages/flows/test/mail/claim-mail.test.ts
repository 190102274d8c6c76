import { describe, expect, it } from 'vitest';
import { claimUrl, rotateLink } from '../../src/awards/claim-link.ts';
import { resendClaimMail } from '../../src/awards/resend-claim-mail.ts';
import { changeRecipient } from '../../src/awards/change-recipient.ts';
import { stopIssuing, resumeIssuing } from '../../src/awards/stop-issuing.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { claimMailHandler } from '../../src/mail/claim-mail.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import { SealedRecords } from '../../src/awards/sealed-records.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { generateKeyRing, keyRingFromText } from '../../src/keys/key-ring.ts';
import { lan } from '../add-flow-fixture.ts';
import { openMails, otherAward, workOn } from './mail-fixture.ts';

const who = 'staff-7';

describe('a claim mail', () => {
  it('goes to the recipient with the link of the award and no redirect_uri', async () => {
    const { issue, work, mails, store, context, history } = await openMails();
    const awardId = await issue();
    await work();
    const [mail] = mails.sent;
    const award = await store.read.award('default', awardId);
    expect(mail?.to).toEqual({ name: lan.fullName, address: lan.email });
    expect(mail?.text).toContain('Underwater Welding, Level 2');
    for (const part of [mail?.text, mail?.html]) {
      expect(part).toContain(award === undefined ? '' : claimUrl(context, award));
      expect(part).not.toContain('redirect');
    }
    expect(mail?.headers).toEqual({ 'Auto-Submitted': 'auto-generated' });
    expect(mail?.attachments).toHaveLength(1);
    expect(await history(awardId)).toEqual(['created', 'mail_sent']);
  });

  it('is one for a run and a person, and names every award', async () => {
    const { issue, work, mails, rows } = await openMails();
    const ids = [
      await issue(),
      await issue(otherAward('b', 'Pipe Fitting')),
      await issue(otherAward('c', 'Rigging')),
    ];
    await work();
    expect(mails.sent).toHaveLength(1);
    for (const name of ['Underwater Welding', 'Pipe Fitting', 'Rigging'])
      expect(mails.sent[0]?.text).toContain(name);
    expect((await rows('accepted'))[0]?.awardIds.toSorted()).toEqual(ids.toSorted());
  });

  it('about what a run stores after its first mail has left, such as that of a canary, is one more', async () => {
    const { issue, work, mails } = await openMails();
    await issue();
    await work();
    await issue(otherAward('b', 'Pipe Fitting'));
    await issue(otherAward('c', 'Rigging'));
    await work();
    await issue(otherAward('c', 'Rigging'));
    await work();
    expect(mails.sent).toHaveLength(2);
    for (const name of ['Pipe Fitting', 'Rigging']) expect(mails.sent[1]?.text).toContain(name);
  });

  it('of a later run names what still waits, and leads to what is new', async () => {
    const { issue, work, mails, store, context } = await openMails();
    await issue();
    await work();
    const next = await issue(otherAward('b', 'Pipe Fitting'), { runId: 'run-2', who });
    await work();
    const award = await store.read.award('default', next);
    expect(mails.sent).toHaveLength(2);
    expect(mails.sent[1]?.text).toMatch(/Pipe Fitting[^]*Underwater Welding/);
    expect(mails.sent[1]?.text).toContain(award === undefined ? '' : claimUrl(context, award));
  });

  it('of two runs that are worked off together is one', async () => {
    const { issue, work, mails, rows } = await openMails();
    await issue();
    await issue(otherAward('b', 'Pipe Fitting'), { runId: 'run-2', who });
    await work();
    expect(mails.sent).toHaveLength(1);
    expect(await rows('not_needed')).toHaveLength(1);
  });

  it('is not sent about what was claimed or withdrawn meanwhile', async () => {
    const { issue, work, mails, rows, sandbox, context, advance } = await openMails();
    const claimed = await issue();
    const claim = await submitClaim(context, { awardId: claimed, generation: 1, again: false });
    sandbox.control.learner.consent({
      link: claim.outcome === 'redirect' ? claim.redirectUri : '',
      email: lan.email,
    });
    const withdrawn = await issue(otherAward('b', 'Pipe Fitting'));
    await withdraw(context, { awardId: withdrawn, who, reason: 'issued_in_error' });
    advance({ minutes: 6 });
    await pollSubmissions(context, { budgetMs: 60_000 });
    await work();
    expect(mails.sent).toHaveLength(0);
    expect(await rows('not_needed')).toHaveLength(2);
  });

  it('waits while issuing is stopped, and leaves when it goes on', async () => {
    const { issue, work, mails, advance, context } = await openMails();
    await issue();
    await stopIssuing(context, 'microcredential', { who, reason: 'other' });
    await work();
    expect(mails.sent).toHaveLength(0);
    await resumeIssuing(context, 'microcredential', { who, reason: 'resolved' });
    advance({ minutes: 11 });
    await work();
    expect(mails.sent).toHaveLength(1);
  });

  it('leaves nothing personal in the store', async () => {
    const { issue, work, store } = await openMails();
    const awardId = await issue();
    await work();
    const kept = JSON.stringify([
      await store.read.mails('default', 'accepted', 9),
      await store.read.history('default', awardId),
    ]);
    expect(kept).not.toMatch(/lan@|Nguy|claim\/|Welding/);
  });
});

describe('what the mail server says', () => {
  it('later: the same message is tried again, each time after a longer wait, and never as a failure', async () => {
    const { issue, work, mails, advance, rows } = await openMails();
    await issue();
    mails.answers.push({ outcome: 'deferred' }, { outcome: 'deferred', retryAfterMs: 3_600_000 });
    await work();
    expect(await rows('deferred')).toHaveLength(1);
    advance({ minutes: 7 });
    await work();
    advance({ minutes: 59 });
    await work();
    expect(mails.sent).toHaveLength(2);
    advance({ minutes: 2 });
    await work();
    expect(new Set(mails.sent.map(({ messageId }) => messageId)).size).toBe(1);
    expect(mails.sent).toHaveLength(3);
    expect(await rows('accepted')).toHaveLength(1);
  });

  it('later, for four days: a person looks at it', async () => {
    const { issue, work, mails, advance, rows, lastHistory } = await openMails();
    const awardId = await issue();
    mails.answers.push(...Array.from({ length: 60 }, () => ({ outcome: 'deferred' as const })));
    for (let hours = 0; hours < 5 * 24; hours += 2) {
      await work();
      advance({ hours: 2 });
    }
    expect(await rows('refused')).toHaveLength(1);
    expect(await lastHistory(awardId)).toMatchObject({
      what: 'mail_refused',
      why: 'claim: put off for too long',
    });
  });

  it('never: it is listed, with the code and without what the server quoted', async () => {
    const { issue, work, mails, rows, lastHistory } = await openMails();
    const awardId = await issue();
    mails.answers.push({ outcome: 'refused', code: '5.1.1' });
    await work();
    await work();
    expect(mails.sent).toHaveLength(1);
    expect(await rows('refused')).toHaveLength(1);
    expect(await lastHistory(awardId)).toMatchObject({ what: 'mail_refused', why: 'claim: 5.1.1' });
    const other = await issue(otherAward('b', 'Pipe Fitting'), { runId: 'run-2', who });
    mails.answers.push({ outcome: 'refused', code: '550 <lan@example.edu> unknown' });
    await work();
    expect(await lastHistory(other)).toMatchObject({ why: 'claim' });
  });

  it('nothing: nobody knows, and it is not sent again', async () => {
    const { issue, work, mails, rows, advance, lastHistory } = await openMails();
    const awardId = await issue();
    mails.answers.push(new Error('the line is dead'));
    await work();
    advance({ hours: 48 });
    await work();
    expect(mails.sent).toHaveLength(1);
    expect(await rows('unknown')).toHaveLength(1);
    expect(await lastHistory(awardId)).toMatchObject({ what: 'mail_unknown' });
  });
});

describe('a mail that a person asks for again', () => {
  it('is one, however often it is asked for before it leaves, with the link that the first one had', async () => {
    const { issue, work, mails, context, lastHistory } = await openMails();
    const awardId = await issue();
    await work();
    expect(await resendClaimMail(context, { awardId, who })).toBe('queued');
    expect(await resendClaimMail(context, { awardId, who })).toBe('queued');
    await work();
    expect(mails.sent).toHaveLength(2);
    expect(mails.sent[1]?.text).toBe(mails.sent[0]?.text);
    expect(mails.sent[1]?.messageId).not.toBe(mails.sent[0]?.messageId);
    expect(await lastHistory(awardId)).toMatchObject({ what: 'mail_sent', why: 'resend' });
  });

  it('takes the one of unknown fate off the list', async () => {
    const { issue, work, mails, context, rows } = await openMails();
    const awardId = await issue();
    mails.answers.push(new Error('the line is dead'));
    await work();
    await resendClaimMail(context, { awardId, who });
    await work();
    expect(await rows('unknown')).toEqual([]);
    expect(await rows('replaced')).toHaveLength(1);
    expect(await rows('accepted')).toHaveLength(1);
  });

  it('has the new link after the old one was killed', async () => {
    const { issue, work, mails, context } = await openMails();
    const awardId = await issue();
    await work();
    const rotated = await rotateLink(context, { awardId, who });
    await resendClaimMail(context, { awardId, who });
    await work();
    expect(mails.sent[1]?.text).toContain(rotated.outcome === 'link' ? rotated.url : '');
    expect(mails.sent[0]?.text).not.toContain(rotated.outcome === 'link' ? rotated.url : '');
  });
});

it('security rule 12: the former address is told, without a link and without the new address', async () => {
  const { issue, work, mails, context, advance } = await openMails();
  const awardId = await issue();
  await work();
  const changed = await changeRecipient(context, {
    awardId,
    recipient: { ...lan, email: 'lan.new@example.edu' },
    reason: 'wrong_address',
    who,
    mayChangeRecipients: true,
  });
  expect(changed.outcome).toBe('changed');
  await work();
  const [, told, ...more] = mails.sent;
  expect(more).toEqual([]);
  expect(told?.to.address).toBe(lan.email);
  expect(`${told?.text}${told?.html}`).not.toMatch(/https?:|lan\.new/);
  advance({ hours: 24 });
  await work();
  expect(mails.sent.at(-1)?.to.address).toBe('lan.new@example.edu');
});

it('a worker that was told to stop hands nothing over', async () => {
  const { issue, mails, context, store, clock, rows } = await openMails();
  await issue();
  const [job] = await store.jobs.claim({
    issuers: ['default'],
    kinds: ['claim_mail'],
    limit: 1,
    leaseMs: 1,
    now: clock.now(),
  });
  const work =
    job === undefined ? undefined : claimMailHandler(context)(job, { signal: AbortSignal.abort() });
  await expect(work).rejects.toMatchObject({ name: 'AbortError' });
  expect(mails.sent).toEqual([]);
  expect(await rows('sending')).toEqual([]);
});

it('a mail outlasts a key that is missing for days, after it had waited for long', async () => {
  const { issue, work, advance, mails, store, context, clock } = await openMails();
  await issue();
  const withoutKey: FlowContext = {
    ...context,
    records: new SealedRecords(keyRingFromText(generateKeyRing())),
  };
  for (let hours = 0; hours < 5 * 24; hours += 3) {
    await workOn(withoutKey);
    advance({ hours: 3 });
  }
  expect(await store.jobs.dead('default', 9)).toEqual([]);
  expect(mails.sent).toEqual([]);
  clock.advance(4 * 3_600_000);
  await work();
  expect(mails.sent).toHaveLength(1);
});
