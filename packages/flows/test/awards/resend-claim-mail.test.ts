import { expect, it } from 'vitest';
import { claimMailKind } from '../../src/awards/claim-mail-job.ts';
import { resendClaimMail } from '../../src/awards/resend-claim-mail.ts';
import { runDue } from '../../src/jobs/runner.ts';
import { mailHandlers } from '../../src/mail/mail-handlers.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { type AddFlowFixture, openAddFlow } from '../add-flow-fixture.ts';

const who = 'staff-7';

async function claimMailJobs({ store, clock }: AddFlowFixture): Promise<string[]> {
  const now = clock.now();
  const jobs = await store.jobs.claim({
    issuers: ['default'],
    kinds: [claimMailKind],
    limit: 100,
    leaseMs: 1,
    now,
  });
  return jobs.map(({ refs }) => String(refs['recipientId']));
}

async function mailWhatIsDue({ context, store, clock }: AddFlowFixture): Promise<void> {
  const runner = { store, clock, random: context.random, issuers: ['default'] };
  await runDue(runner, { budgetMs: 60_000, handlers: mailHandlers(context) });
}

it('asking once more makes one more mail to the same recipient, and the history says who asked', async () => {
  const fixture = await openAddFlow();
  const awardId = await fixture.issue();
  expect(await resendClaimMail(fixture.context, { awardId, who })).toBe('queued');
  const recipients = await claimMailJobs(fixture);
  expect(recipients).toHaveLength(2);
  expect(new Set(recipients).size).toBe(1);
  const history = await fixture.store.read.history('default', awardId);
  expect(history.at(-1)).toMatchObject({ what: 'mail_requested', who });
});

it('a withdrawn award is mailed to nobody', async () => {
  const fixture = await openAddFlow();
  const awardId = await fixture.issue();
  await withdraw(fixture.context, { awardId, who, reason: 'issued_in_error' });
  expect(await resendClaimMail(fixture.context, { awardId, who })).toBe('closed');
  expect(await resendClaimMail(fixture.context, { awardId: 'unknown', who })).toBe('unknown_award');
  expect(await claimMailJobs(fixture)).toHaveLength(1);
});

it('three times an hour are enough', async () => {
  const fixture = await openAddFlow();
  const awardId = await fixture.issue();
  const ask = async () => {
    const outcome = await resendClaimMail(fixture.context, { awardId, who });
    await mailWhatIsDue(fixture);
    return outcome;
  };
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([
    'queued',
    'queued',
    'queued',
    'too_often',
  ]);
  fixture.advance({ hours: 1 });
  expect(await ask()).toBe('queued');
  expect(fixture.mails.sent).toHaveLength(4);
});
