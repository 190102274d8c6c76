import { describe, expect, it } from 'vitest';
import { resendClaimMail } from '../../src/awards/resend-claim-mail.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { clearBounce } from '../../src/mail/clear-bounce.ts';
import { mailTroubles, mutedRecipients } from '../../src/mail/mail-troubles.ts';
import { recordBounce } from '../../src/mail/record-bounce.ts';
import { lan } from '../add-flow-fixture.ts';
import { awardOf, openMails, otherAward } from './mail-fixture.ts';

const who = 'staff-7';
const nextRun = { runId: 'run-2', who };

async function openMailed() {
  const fixture = await openMails();
  const awardId = await fixture.issue();
  await fixture.work();
  const messageId = fixture.mails.sent[0]?.messageId ?? '';
  return { ...fixture, awardId, messageId };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('a reported bounce', () => {
  it('mutes the address: nothing more is mailed there, and a person sees whom it keeps from what', async () => {
    const { context, awardId, messageId, issue, work, mails, rows, lastHistory } = await openMailed();
    expect(await recordBounce(context, { messageId, kind: 'hard' })).toBe('recorded');
    expect(await lastHistory(awardId)).toMatchObject({ what: 'mail_bounced', why: 'hard', who: 'system' });
    const next = await issue(otherAward('b', 'Rigging'), nextRun);
    await work();
    expect(mails.sent).toHaveLength(1);
    expect(await rows('bounced')).toHaveLength(1);
    expect(await lastHistory(next)).toMatchObject({ what: 'mail_refused', why: 'claim: hard_bounce' });
    expect(await all(mutedRecipients(context))).toMatchObject([
      { reason: 'hard_bounce', awardIds: expect.arrayContaining([awardId, next]) },
    ]);
    const troubles = await all(mailTroubles(context));
    expect(troubles.map(({ state }) => state)).toEqual(['refused', 'bounced']);
  });

  it('is recorded once, with or without angle brackets, by message or by address', async () => {
    const { context, awardId, messageId, history } = await openMailed();
    expect(await recordBounce(context, { messageId: messageId.slice(1, -1), kind: 'hard' })).toBe('recorded');
    expect(await recordBounce(context, { messageId, kind: 'hard' })).toBe('known');
    expect(await recordBounce(context, { address: 'LAN@example.edu', kind: 'hard' })).toBe('known');
    expect(await recordBounce(context, { address: 'LAN@example.edu', kind: 'complaint' })).toBe('known');
    expect((await history(awardId)).filter((what) => what === 'mail_bounced')).toHaveLength(1);
  });

  it('of nobody we mailed changes nothing', async () => {
    const { context, messageId } = await openMailed();
    expect(await recordBounce(context, { messageId: '<other@example.edu>', kind: 'hard' })).toBe(
      'unknown_mail',
    );
    expect(await recordBounce(context, { address: 'nobody@example.edu', kind: 'hard' })).toBe('unknown_mail');
    expect(await recordBounce(context, { address: 'a@example.edu, b@example.edu', kind: 'hard' })).toBe(
      'unknown_mail',
    );
    expect(await recordBounce({ ...context, issuer: 'another' }, { messageId, kind: 'hard' })).toBe(
      'unknown_mail',
    );
    expect(await all(mutedRecipients(context))).toEqual([]);
  });

  it('that is soft is noted and mutes nothing', async () => {
    const { context, awardId, messageId, issue, work, mails, lastHistory } = await openMailed();
    expect(await recordBounce(context, { messageId, kind: 'soft' })).toBe('recorded');
    expect(await lastHistory(awardId)).toMatchObject({ what: 'mail_bounced', why: 'soft' });
    await issue(otherAward('b', 'Rigging'), nextRun);
    await work();
    expect(mails.sent).toHaveLength(2);
  });

  it('keeps a person from mailing there again until one clears it', async () => {
    const { context, awardId, messageId, work, mails, lastHistory } = await openMailed();
    await recordBounce(context, { messageId, kind: 'complaint', who });
    expect(await resendClaimMail(context, { awardId, who })).toBe('address_muted');
    expect(await clearBounce(context, { awardId, who })).toBe('cleared');
    expect(await lastHistory(awardId)).toMatchObject({ what: 'mail_bounce_cleared', who });
    expect(await clearBounce(context, { awardId, who })).toBe('not_muted');
    expect(await clearBounce(context, { awardId: 'none', who })).toBe('unknown_award');
    expect(await resendClaimMail(context, { awardId, who })).toBe('queued');
    await work();
    expect(mails.sent).toHaveLength(2);
  });
});

describe('the list for a person', () => {
  it('has what was refused and what nobody knows, until it was sent again or does not matter any more', async () => {
    const { context, issue, work, mails } = await openMails();
    const refused = await issue(awardOf('first@example.edu', 'a'));
    await issue(awardOf('second@example.edu', 'b'));
    mails.answers.push({ outcome: 'refused' }, new Error('the line is dead'));
    await work();
    const troubles = await all(mailTroubles(context));
    expect(troubles.map(({ state }) => state).toSorted()).toEqual(['refused', 'unknown']);
    expect(JSON.stringify(troubles)).not.toContain('@example.edu"');
    const unknown = troubles.find(({ state }) => state === 'unknown')?.awardIds[0] ?? '';
    await resendClaimMail(context, { awardId: unknown, who });
    await work();
    await withdraw(context, { awardId: refused, who, reason: 'other' });
    await withdraw(context, { awardId: unknown, who, reason: 'other' });
    expect(await all(mailTroubles(context))).toEqual([]);
  });

  it('goes over any number of pages', async () => {
    const { context, store, issue } = await openMails();
    const awardId = await issue();
    const recipientId = (await store.read.award('default', awardId))?.recipientId ?? '';
    const rows = Array.from({ length: 250 }, (_, at) => ({
      issuer: 'default',
      id: `m${at}`,
      messageId: `<m${at}@example.edu>`,
      recipientId,
      kind: 'claim',
      awardIds: [awardId],
      state: 'unknown' as const,
      createdAt: at % 3,
      sentAt: null,
    }));
    await store.transaction((tx) => tx.insertMails(rows));
    expect(new Set((await all(mailTroubles(context))).map(({ mailId }) => mailId)).size).toBe(250);
  });

  it('has the people of an address that bounced only when something waits for them', async () => {
    const { context, awardId } = await openMailed();
    await recordBounce(context, { address: lan.email, kind: 'hard' });
    expect(await all(mutedRecipients(context))).toHaveLength(1);
    await withdraw(context, { awardId, who, reason: 'other' });
    expect(await all(mutedRecipients(context))).toEqual([]);
  });
});
