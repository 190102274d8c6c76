import { describe, expect, it } from 'vitest';
import { claimUrl } from '../../src/awards/claim-link.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { claimToken, checkClaimToken } from '../../src/claims/claim-token.ts';
import { createOptOutHandler } from '../../src/mail/opt-out.ts';
import { recordBounce } from '../../src/mail/record-bounce.ts';
import { readReminders, type ReminderOptions } from '../../src/mail/reminder-plan.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import { lan } from '../add-flow-fixture.ts';
import { openMails, otherAward } from './mail-fixture.ts';

const who = 'staff-7';
const day = { hours: 24 };

/** An award that was mailed at nine o'clock, and reminders by the clocks of that place. */
async function open(options: Partial<ReminderOptions> = {}) {
  const fixture = await openMails({ reminders: readReminders({ timeZone: 'UTC', ...options }) });
  const awardId = await fixture.issue();
  await fixture.work();
  /** Works every six hours. */
  const days = async (count: number) => {
    for (let quarter = 0; quarter < count * 4; quarter += 1) {
      fixture.advance({ hours: 6 });
      await fixture.work();
      await pollSubmissions(fixture.context, { budgetMs: 60_000 });
    }
  };
  const kinds = async () => (await fixture.rows('accepted')).map(({ kind }) => kind);
  const click = async (id = awardId) => {
    const claim = await submitClaim(fixture.context, { awardId: id, generation: 1, again: false });
    return claim.outcome === 'redirect' ? claim.redirectUri : '';
  };
  const consent = async () =>
    fixture.sandbox.control.learner.consent({ link: await click(), email: lan.email });
  return { ...fixture, awardId, days, kinds, click, consent };
}

describe('who has not claimed', () => {
  it('is reminded on the days of the plan, and not again', async () => {
    const { days, kinds, history, awardId, store } = await open();
    await days(2);
    expect(await kinds()).toEqual(['claim']);
    await days(38);
    expect(await kinds()).toEqual(['claim', 'reminder', 'reminder', 'reminder']);
    expect(await store.read.countMailsByState('default')).toEqual({ accepted: 4 });
    expect(await history(awardId)).toEqual(['created', 'mail_sent', 'mail_sent', 'mail_sent', 'mail_sent']);
  });

  it('security rule 11: gets the link of the first mail, which keeps working', async () => {
    const { days, mails, store, awardId, context } = await open();
    await days(4);
    const award = await store.read.award('default', awardId);
    const url = award === undefined ? '' : claimUrl(context, award);
    for (const { text, html } of mails.sent) {
      expect(text).toContain(url);
      expect(html).toContain(url);
    }
    const [key] = context.claimKeys;
    const current = { issuer: 'default', awardId, generation: award?.generation ?? 0 };
    const first = key === undefined ? '' : claimToken(key, { ...current, generation: 1 });
    expect(mails.sent[0]?.text).toContain(first);
    expect(checkClaimToken(context.claimKeys, first, current)).toBe('current');
  });

  it.each(['claim', 'withdraw', 'bounce'] as const)('is not reminded after a %s', async (stop) => {
    const { days, kinds, consent, context, awardId, rows } = await open();
    await days(1);
    if (stop === 'claim') await consent();
    if (stop === 'withdraw') await withdraw(context, { awardId, who, reason: 'other' });
    if (stop === 'bounce') await recordBounce(context, { address: lan.email, kind: 'hard' });
    await days(20);
    expect(await kinds()).toEqual(['claim']);
    expect(await rows('not_needed')).toEqual([]);
  });

  it('is reminded again of what expired at SEEK Pass', async () => {
    const { days, kinds, click } = await open({ unfinishedAfterHours: false });
    await click();
    await days(4);
    expect(await kinds()).toEqual(['claim', 'reminder']);
  });

  it('gets one reminder for everything, and none right after another mail', async () => {
    const { days, kinds, issue, mails, work, advance } = await open({ afterDays: [3] });
    await days(2);
    await issue(otherAward('b', 'Rigging'), { runId: 'run-2', who });
    await work();
    advance({ hours: 18 });
    await days(20);
    expect(await kinds()).toEqual(['claim', 'claim', 'reminder']);
    expect(mails.sent.at(-1)?.text).toMatch(/Rigging[^]*Underwater Welding|Underwater Welding[^]*Rigging/);
  });

  it('is not mailed in quiet hours', async () => {
    // Mailed at 9 o'clock UTC: five in the afternoon in Singapore, midnight in Honolulu.
    const { days, mails, rows } = await open({ timeZone: 'Pacific/Honolulu', afterDays: [1, 2] });
    await days(5);
    const reminders = (await rows('accepted')).filter(({ kind }) => kind === 'reminder');
    expect(reminders).toHaveLength(2);
    const hours = reminders.map(({ sentAt }) => (new Date(sentAt ?? 0).getUTCHours() - 10 + 24) % 24);
    for (const hour of hours) expect(hour >= 8 && hour < 20).toBe(true);
    expect(mails.sent).toHaveLength(3);
  });

  it('is left alone when reminders are off', async () => {
    const { issue, work, advance, mails } = await openMails();
    await issue();
    await work();
    advance({ hours: 24 * 30 });
    await work();
    expect(mails.sent).toHaveLength(1);
  });
});

describe('who clicked and did not finish', () => {
  it('is asked to once, a day later', async () => {
    const { days, kinds, click, mails } = await open({ afterDays: [] });
    await click();
    await days(5);
    expect(await kinds()).toEqual(['claim', 'unfinished']);
    expect(mails.sent[1]?.subject).toContain('finish');
  });

  it('is not when it is done, nor in the last hours', async () => {
    const done = await open({ afterDays: [] });
    await done.consent();
    await done.days(5);
    expect(await done.kinds()).toEqual(['claim']);
    // The 40th hour is at one o'clock at night; at eight the 48 hours are nearly over.
    const late = await open({ afterDays: [], unfinishedAfterHours: 40 });
    await late.click();
    await late.days(5);
    expect(await late.kinds()).toEqual(['claim']);
  });
});

describe('opting out', () => {
  const scanner = { 'user-agent': 'a mail scanner that opens every link' };

  async function openReminded() {
    const fixture = await open({ afterDays: [1, 2, 3] });
    fixture.advance(day);
    await fixture.work();
    const header = fixture.mails.sent.at(-1)?.headers['List-Unsubscribe'] ?? '';
    const url = header.slice(1, -1);
    const handle = createOptOutHandler(fixture.context);
    const ask = (method: string, address = url, init: RequestInit = {}) =>
      handle(new Request(address, { method, ...init }));
    return { ...fixture, url, ask };
  }

  it('is offered in every reminder and in no other mail', async () => {
    const { mails, url } = await openReminded();
    const [first, reminder] = mails.sent;
    expect(first?.headers).toEqual({ 'Auto-Submitted': 'auto-generated' });
    expect(first?.text).not.toContain('opt-out');
    expect(reminder?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(url).toMatch(/^https:\/\/credentials\.example\.edu\/claim\/opt-out\//);
    expect(reminder?.text).toContain(url);
    expect(reminder?.html).toContain(url);
  });

  it('security rule 4: opening the link changes nothing', async () => {
    const { ask, days, kinds, store, awardId } = await openReminded();
    const before = await store.read.history('default', awardId);
    expect((await ask('GET', undefined, { headers: scanner })).status).toBe(200);
    expect((await ask('HEAD')).status).toBe(200);
    expect(await store.read.history('default', awardId)).toEqual(before);
    await days(5);
    expect(await kinds()).toEqual(['claim', 'reminder', 'reminder', 'reminder']);
  });

  it('takes one click, also of a mail reader (RFC 8058), and stops reminders only', async () => {
    const { ask, days, kinds, issue, work, lastHistory, awardId } = await openReminded();
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await ask('POST', undefined, { body })).status).toBe(200);
    expect(await lastHistory(awardId)).toMatchObject({ what: 'reminders_stopped', who: 'learner' });
    expect((await ask('POST')).status).toBe(200);
    await days(10);
    await issue(otherAward('b', 'Rigging'), { runId: 'run-2', who });
    await work();
    expect(await kinds()).toEqual(['claim', 'reminder', 'claim']);
  });

  it('works with the link of its recipient only, and says nothing of others', async () => {
    const { ask, url, store, awardId } = await openReminded();
    const award = await store.read.award('default', awardId);
    for (const address of [
      url.replace(award?.recipientId ?? '', 'another'),
      url.slice(0, -1),
      `${url}a`,
      'https://credentials.example.edu/claim/opt-out/',
      'https://credentials.example.edu/claim/opt-out/%2e%2e/x',
    ]) {
      expect((await ask('POST', address)).status).toBe(404);
    }
    expect(await store.read.mutes('default', 'reminders', 9)).toEqual([]);
    expect((await ask('DELETE')).status).toBe(405);
  });

  it('shows a page in the reader’s language that loads nothing and goes nowhere', async () => {
    const { ask } = await openReminded();
    const answer = await ask('GET', undefined, { headers: { 'accept-language': 'vi' } });
    const page = await answer.text();
    expect(page).toContain('<html lang="vi"');
    expect(page).toContain('<form method="post">');
    expect(page).not.toMatch(/https?:|<script/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });
});
