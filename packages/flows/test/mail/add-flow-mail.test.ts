import { expect, it } from 'vitest';
import { createAddFlow } from '../../src/add-flow.ts';
import type { AddFlowOptions } from '../../src/add-flow-options.ts';
import { awardInput, openAddFlow, sampleRun } from '../add-flow-fixture.ts';
import { flowOptions } from '../flow-options.ts';
import { otherAward } from './mail-fixture.ts';

const budget = { budgetMs: 60_000 };

async function open(change: Partial<AddFlowOptions> = {}) {
  const fixture = await openAddFlow();
  const { mails, advance } = fixture;
  const flow = createAddFlow({
    ...flowOptions(fixture),
    ...change,
  });
  await flow.start();
  return { flow, mails, advance };
}

it('an add flow mails, reminds, and says what needs a person', async () => {
  const { flow, mails, advance } = await open({ reminders: { timeZone: 'UTC', afterDays: [1] } });
  const result = await flow.award(awardInput(), sampleRun);
  const awardId = result.result === 'refused' ? '' : result.awardId;
  await flow.runDue(budget);
  advance({ hours: 25 });
  await flow.runDue(budget);
  expect(mails.sent.map(({ subject }) => subject)).toEqual([
    'Your credential from Example University',
    'Reminder: your credential from Example University',
  ]);
  expect(await flow.recordBounce({ messageId: mails.sent[0]?.messageId ?? '', kind: 'hard' })).toBe(
    'recorded',
  );
  await flow.award(awardInput(otherAward('b', 'Rigging')), { ...sampleRun, runId: 'run-2' });
  await flow.runDue(budget);
  expect(await flow.mailCounts()).toEqual({ accepted: 1, bounced: 1, refused: 1 });
  for await (const { awardIds, reason } of flow.mutedRecipients()) {
    expect(awardIds).toHaveLength(2);
    expect(reason).toBe('hard_bounce');
  }
  const states: string[] = [];
  for await (const { state } of flow.mailTroubles()) states.push(state);
  expect(states).toEqual(['refused', 'bounced']);
  expect(await flow.clearBounce({ awardId, who: 'staff-7' })).toBe('cleared');
  expect(await flow.resendMail({ awardId, who: 'staff-7' })).toBe('queued');
  await flow.runDue(budget);
  expect(await flow.mailCounts()).toEqual({ accepted: 2, replaced: 2 });
});

it.each<[string, Partial<AddFlowOptions>]>([
  ['mailLimits.perMinute', { mailLimits: { perMinute: -1 } }],
  ['reminders.timeZone', { reminders: { timeZone: 'Mars/Olympus' } }],
])('stops at a wrong %s and names it', async (name, change) => {
  await expect(open(change)).rejects.toThrow(new RegExp(name));
});
