import { expect, it } from 'vitest';
import { changeRecipient } from '../../src/awards/change-recipient.ts';
import { resendClaimMail } from '../../src/awards/resend-claim-mail.ts';
import { runDue } from '../../src/jobs/runner.ts';
import { mailHandlers } from '../../src/mail/mail-handlers.ts';
import { type AddFlowFixture, lan, microcredential, openAddFlow } from '../add-flow-fixture.ts';

const who = 'staff-7';
const hers = 'Underwater Welding, Level 2';
const given = 'Diving Safety';

async function titlesMailed({ context, store, clock, mails }: AddFlowFixture): Promise<string[][]> {
  const before = mails.sent.length;
  await runDue(
    { store, clock, random: context.random, issuers: ['default'] },
    { budgetMs: 60_000, handlers: mailHandlers(context) },
  );
  return mails.sent
    .slice(before)
    .filter(({ to }) => to.address === lan.email)
    .map(({ text }) => [hers, given].filter((title) => text.includes(title)));
}

/** Lan is given an award that was somebody else's: it is held for a day. */
async function giveToLan({ context, issue }: AddFlowFixture): Promise<void> {
  const awardId = await issue({
    key: '2026/DIVE/1',
    recipient: { fullName: 'Lan Nguyen', email: 'typing-error@example.edu' },
    credential: microcredential({ microcredential_name: given }),
  });
  const change = {
    awardId,
    recipient: lan,
    reason: 'wrong_address',
    who,
    mayChangeRecipients: true,
  } as const;
  expect((await changeRecipient(context, change)).outcome).toBe('changed');
}

it('an award that is held holds back no mail about others of its recipient, and is mailed when its day is over', async () => {
  const fixture = await openAddFlow();
  await giveToLan(fixture);
  await fixture.issue();
  expect(await titlesMailed(fixture)).toEqual([[hers]]);
  fixture.advance({ hours: 24, minutes: 1 });
  expect(await titlesMailed(fixture)).toEqual([[hers, given]]);
});

it('a mail that is asked for again leaves at once, without what is held', async () => {
  const fixture = await openAddFlow();
  const awardId = await fixture.issue();
  expect(await titlesMailed(fixture)).toEqual([[hers]]);
  await giveToLan(fixture);
  expect(await resendClaimMail(fixture.context, { awardId, who })).toBe('queued');
  expect(await titlesMailed(fixture)).toEqual([[hers]]);
});
