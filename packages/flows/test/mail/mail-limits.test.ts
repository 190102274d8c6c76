import { describe, expect, it } from 'vitest';
import { mailCode } from '../../src/mail/mail-code.ts';
import { readMailLimits } from '../../src/mail/mail-limits.ts';
import { lan } from '../add-flow-fixture.ts';
import { awardOf, type MailFixture, openMails, workOn } from './mail-fixture.ts';

async function issueTo(people: number, { issue }: MailFixture): Promise<void> {
  for (let at = 0; at < people; at += 1) await issue(awardOf(`learner${at}@example.edu`, `k${at}`));
}

describe('limits of mails', () => {
  it('let so many go each minute, of all processes together, and the rest over the minutes that follow', async () => {
    const fixture = await openMails({ mailLimits: { perMinute: 5 }, random: Math.random });
    await issueTo(23, fixture);
    const minutes: number[] = [];
    for (let minute = 0; minute < 10; minute += 1) {
      const before = fixture.mails.sent.length;
      // Twice a minute, by two workers at once.
      for (let half = 0; half < 2; half += 1) {
        await Promise.all([workOn(fixture.context), workOn(fixture.context)]);
        fixture.clock.advance(30_000);
      }
      minutes.push(fixture.mails.sent.length - before);
    }
    expect(Math.max(...minutes)).toBe(5);
    expect(fixture.mails.sent).toHaveLength(23);
    expect(await fixture.rows('accepted')).toHaveLength(23);
  });

  it('wake those who wait a few times, not every minute', async () => {
    const fixture = await openMails({ mailLimits: { perMinute: 2 }, random: Math.random });
    await issueTo(40, fixture);
    let tries = 0;
    for (let minute = 0; minute < 40; minute += 1) {
      const { done, retried } = await fixture.work();
      tries += done + retried;
      fixture.clock.advance(60_000);
    }
    expect(fixture.mails.sent).toHaveLength(40);
    expect(tries).toBeLessThan(40 * 5);
  });

  it('hold what is over the day until the next one', async () => {
    const fixture = await openMails({ mailLimits: { perDay: 3 } });
    await issueTo(5, fixture);
    await fixture.work();
    fixture.advance({ hours: 14 });
    await fixture.work();
    expect(fixture.mails.sent).toHaveLength(3);
    fixture.advance({ hours: 2 });
    await fixture.work();
    expect(fixture.mails.sent).toHaveLength(5);
  });

  it('of a minute and of a day together: who waits for the next minute uses up no place of the day', async () => {
    const fixture = await openMails({ mailLimits: { perMinute: 2, perDay: 10 }, random: Math.random });
    await issueTo(12, fixture);
    for (let minute = 0; minute < 20; minute += 1) {
      await fixture.work();
      fixture.clock.advance(60_000);
    }
    expect(fixture.mails.sent).toHaveLength(10);
    fixture.advance({ hours: 15 });
    for (let minute = 0; minute < 4; minute += 1) {
      await fixture.work();
      fixture.clock.advance(60_000);
    }
    expect(fixture.mails.sent).toHaveLength(12);
  });

  it('are no failure: a mail that waited for days goes out', async () => {
    const fixture = await openMails({ mailLimits: { perDay: 1 } });
    await issueTo(20, fixture);
    for (let day = 0; day < 40; day += 1) {
      await fixture.work();
      fixture.advance({ hours: 12 });
    }
    expect(fixture.mails.sent).toHaveLength(20);
    expect(await fixture.store.jobs.dead('default', 9)).toEqual([]);
  });

  it('let a code go first, and the other mails wait for it', async () => {
    const fixture = await openMails({ mailLimits: { perMinute: 1, perDay: 2 } });
    const awardId = await fixture.issue();
    const award = await fixture.store.read.award('default', awardId);
    const code = {
      person: lan,
      recipientId: award?.recipientId ?? '',
      awardId,
      code: '01234567',
      minutes: 15,
    };
    expect([await mailCode(fixture.context, code), await mailCode(fixture.context, code)]).toEqual([
      'sent',
      'sent',
    ]);
    await fixture.work();
    expect(fixture.mails.sent).toHaveLength(2);
    fixture.advance({ hours: 24 });
    await fixture.work();
    expect(fixture.mails.sent).toHaveLength(3);
  });

  it.each([{ perMinute: 0 }, { perDay: 1.5 }])('are whole numbers, unlike %j', (limits) => {
    expect(() => readMailLimits(limits)).toThrow(expect.objectContaining({ code: 'invalid_configuration' }));
  });
});
