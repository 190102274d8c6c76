import { describe, expect, it } from 'vitest';
import { claimMailHandler } from '../../src/mail/claim-mail.ts';
import type { MailMessage } from '../../src/mail/mail-port.ts';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { testSchemas } from '../postgres/test-schemas.ts';
import { awardOf, type MailFixture, openMails, workOn } from './mail-fixture.ts';

const skip = await postgresMissing();

describe.skipIf(skip)('mails over one PostgreSQL', () => {
  const newSchema = testSchemas('mails');

  async function open(perMinute: number): Promise<MailFixture> {
    const store = await newSchema().openStore();
    return openMails({ store, mailLimits: { perMinute }, random: Math.random });
  }

  it('four workers send each mail once, within the limit of all of them together', async () => {
    const fixture = await open(15);
    for (let at = 0; at < 40; at += 1) await fixture.issue(awardOf(`learner${at}@example.edu`, `k${at}`));
    const counts: number[] = [];
    for (let minute = 0; minute < 6; minute += 1) {
      const before = fixture.mails.sent.length;
      await Promise.all(Array.from({ length: 4 }, () => workOn(fixture.context)));
      counts.push(fixture.mails.sent.length - before);
      fixture.clock.advance(60_000);
    }
    expect(Math.max(...counts)).toBe(15);
    expect(new Set(fixture.mails.sent.map(({ to }) => to.address)).size).toBe(40);
    expect(fixture.mails.sent).toHaveLength(40);
    expect(await fixture.store.read.countMailsByState('default')).toEqual({ accepted: 40 });
  }, 60_000);

  it('two runs at once tell nobody the same twice', async () => {
    const { issue, context, mails, store } = await open(1_000);
    for (let at = 0; at < 20; at += 1) {
      const one = awardOf(`learner${at}@example.edu`, `k${at}`);
      await issue(one, { runId: 'run-1', who: 'staff-7' });
      await issue({ ...one, key: `l${at}` }, { runId: 'run-2', who: 'staff-7' });
    }
    await Promise.all(Array.from({ length: 4 }, () => workOn(context)));
    expect(mails.sent).toHaveLength(20);
    expect(await store.read.countMailsByState('default')).toEqual({ accepted: 20, not_needed: 20 });
  }, 60_000);

  it('of eight workers that believe to have the same job one hands the mail over', async () => {
    const { context, store, issue, clock, mails, rows } = await open(1_000);
    for (const waiting of ['nothing yet', 'deferred'] as const) {
      await issue(awardOf(`${waiting.length}@example.edu`, waiting));
      const [job] = await store.jobs.claim({
        issuers: ['default'],
        kinds: ['claim_mail'],
        limit: 1,
        leaseMs: 1,
        now: clock.now(),
      });
      if (job === undefined) throw new Error('The mail was queued.');
      const handler = claimMailHandler(context);
      const control = { signal: new AbortController().signal };
      if (waiting === 'deferred') {
        mails.answers.push({ outcome: 'deferred' });
        await handler(job, control);
      }
      const before = mails.sent.length;
      const slow: MailMessage[] = [];
      const slowly = claimMailHandler({
        ...context,
        mail: {
          async send(message) {
            slow.push(message);
            await new Promise((resolve) => setTimeout(resolve, 20));
            return mails.send(message);
          },
        },
      });
      await Promise.all(Array.from({ length: 8 }, () => slowly(job, control)));
      expect(slow).toHaveLength(1);
      expect(mails.sent).toHaveLength(before + 1);
    }
    // The others found it being handed over and called it unknown; who did it knew better.
    expect(await rows('accepted')).toHaveLength(2);
    expect(await rows('unknown')).toEqual([]);
  }, 60_000);
});
