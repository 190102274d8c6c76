import { expect, it } from 'vitest';
import { mailCode } from '../../src/mail/mail-code.ts';
import { recordBounce } from '../../src/mail/record-bounce.ts';
import { lan } from '../add-flow-fixture.ts';
import { openMails } from './mail-fixture.ts';

async function open() {
  const fixture = await openMails();
  const awardId = await fixture.issue();
  const award = await fixture.store.read.award('default', awardId);
  const recipientId = award?.recipientId ?? '';
  const send = (locale?: string) =>
    mailCode(fixture.context, {
      person: locale === undefined ? lan : { ...lan, locale },
      recipientId,
      awardId,
      code: '01234567',
      minutes: 15,
    });
  return { ...fixture, awardId, send };
}

it('a code goes to the address on record, in its language, and stands nowhere else', async () => {
  const { send, mails, store, awardId } = await open();
  expect(await send('vi-VN')).toBe('sent');
  const [mail] = mails.sent;
  expect(mail?.to.address).toBe(lan.email);
  expect(mail?.subject).toBe('Mã của bạn cho Example University');
  expect(mail?.text).toContain('01234567');
  expect(mail?.subject).not.toContain('01234567');
  const kept = [
    await store.read.mails('default', 'accepted', 9),
    await store.read.history('default', awardId),
  ];
  expect(JSON.stringify(kept)).not.toMatch(/01234567|lan@/);
  expect(kept[0]).toMatchObject([{ kind: 'code', messageId: mail?.messageId }]);
});

it('each code is a message of its own', async () => {
  const { send, mails } = await open();
  await send();
  await send();
  expect(new Set(mails.sent.map(({ messageId }) => messageId)).size).toBe(2);
});

it('what the mail server says is told to who asked', async () => {
  const { send, mails, rows, lastHistory, awardId } = await open();
  mails.answers.push(
    { outcome: 'deferred' },
    { outcome: 'refused', code: '5.1.1' },
    new Error('the line is dead'),
  );
  expect([await send(), await send(), await send()]).toEqual(['try_later', 'refused', 'sent']);
  expect(await rows('unknown')).toHaveLength(1);
  expect(await lastHistory(awardId)).toMatchObject({ what: 'mail_refused', why: 'code: 5.1.1' });
});

it('an address that does not exist gets none; who complained of our mails and asks for one does', async () => {
  const { send, mails, context } = await open();
  await recordBounce(context, { address: lan.email, kind: 'complaint' });
  expect(await send()).toBe('sent');
  await recordBounce(context, { address: lan.email, kind: 'hard' });
  expect(await send()).toBe('refused');
  expect(mails.sent).toHaveLength(1);
});
