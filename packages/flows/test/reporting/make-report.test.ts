import { expect, test } from 'vitest';
import { changeRecipient } from '../../src/awards/change-recipient.ts';
import { recordOutcome } from '../../src/awards/record-outcome.ts';
import type { SubmissionOutcome } from '../../src/awards/submission-outcome.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { makeReport } from '../../src/reporting/make-report.ts';
import { waitLimits, waitOf } from '../../src/reporting/wait.ts';
import { type AddFlowFixture, lan, microcredential, openAddFlow } from '../add-flow-fixture.ts';
import { awardRow, recipientRow } from '../conformance/sample-rows.ts';

const timeZone = 'Asia/Jakarta';
const day = 24;

function learner(name: string) {
  return { fullName: name, email: `${name.toLowerCase()}@example.edu` };
}

async function claim({ context }: AddFlowFixture, awardId: string, again = false): Promise<void> {
  const { outcome } = await submitClaim(context, { awardId, generation: 1, again });
  expect(outcome).toBe('redirect');
}

/** SEEK Pass says what became of the newest submission. */
async function hear({ context }: AddFlowFixture, awardId: string, outcome: SubmissionOutcome): Promise<void> {
  await context.store.transaction(async (tx) => {
    const award = await tx.lockAward(context.issuer, awardId);
    const submission = (await tx.submissions(context.issuer, awardId)).at(-1);
    if (award === undefined || submission === undefined) throw new Error('Nothing was submitted.');
    await recordOutcome(context, tx, award, submission, { outcome, lastAskedAt: null, nextPollAt: null });
  });
}

test('tells what became of awards, over time and by course', async () => {
  const flow = await openAddFlow();
  const diving = microcredential({ microcredential_name: 'Diving' });
  const first = await flow.issue({ key: '1' });
  const second = await flow.issue({ key: '2', recipient: learner('Budi') });
  const third = await flow.issue({ key: '3', recipient: learner('Ayu'), credential: diving });
  await claim(flow, first);
  flow.advance({ hours: 3 * day });
  await hear(flow, first, 'verified');
  await claim(flow, second);
  flow.advance({ hours: 7 * day });
  await hear(flow, second, 'expired');
  await withdraw(flow.context, { awardId: third, reason: 'revoked', who: 'staff-7' });
  await flow.issue({ key: '4', recipient: learner('Siti') });

  const report = await makeReport(flow.context, { timeZone, from: '2026-03-02' });
  expect(report).toMatchObject({ institution: 'Example University', to: '2026-03-12', by: 'week' });
  expect(report.periods.map(({ from, to }) => `${from} ${to}`)).toEqual([
    '2026-03-02 2026-03-08',
    '2026-03-09 2026-03-12',
  ]);
  expect(report.periods[0]?.happened).toMatchObject({ issued: 3, started: 2, added: 1, expired: 0 });
  expect(report.periods[1]?.happened).toMatchObject({ issued: 1, added: 0, expired: 1, withdrawn: 1 });
  expect(
    report.groups.map(({ title, institution, happened }) => [title, institution, happened.issued]),
  ).toEqual([
    ['Underwater Welding, Level 2', 'Example University', 3],
    ['Diving', 'Example University', 1],
  ]);
  expect(report.groups[1]?.periods[1]).toMatchObject({ withdrawn: 1, issued: 0 });
  expect(report.total.standing).toMatchObject({ ready: 2, added: 1, withdrawn: 1 });
  expect(report.total.claimRate).toBeCloseTo(1 / 3);
  expect(report.total.halfAddedWithinMs).toBe(5 * day * 3_600_000);
  expect(report.groups[1]?.claimRate).toBeUndefined();
  expect(report.now.awards).toEqual({ ready: 2, added: 1, withdrawn: 1 });
  expect(report.now.waitingSince).toBe(Date.UTC(2026, 2, 2, 9));
});

test('an award counts once for each milestone, however often it comes to it', async () => {
  const flow = await openAddFlow();
  const award = await flow.issue();
  for (const outcome of ['expired', 'expired', 'verified'] as const) {
    await claim(flow, award);
    await hear(flow, award, outcome);
    flow.advance({ hours: 60 });
  }
  await claim(flow, award, true);
  await hear(flow, award, 'verified');
  const { total } = await makeReport(flow.context, { timeZone });
  expect(total.happened).toMatchObject({ issued: 1, started: 1, expired: 1, added: 1 });
});

test('a correction is an award of its own, and what it replaces is in nobody’s claim rate', async () => {
  const flow = await openAddFlow();
  await flow.issue();
  await flow.issue({ credential: microcredential({ issue_date: '2026-02-21' }) });
  const { total } = await makeReport(flow.context, { timeZone });
  expect(total.happened.issued).toBe(2);
  expect(total.standing).toMatchObject({ ready: 1, superseded: 1 });
  expect(total.claimRate).toBe(0);
});

test('an award with another recipient keeps its course', async () => {
  const flow = await openAddFlow();
  const awardId = await flow.issue();
  const changed = await changeRecipient(flow.context, {
    awardId,
    recipient: { ...lan, email: 'nguyen@example.edu' },
    reason: 'wrong_address',
    who: 'staff-7',
    mayChangeRecipients: true,
  });
  expect(changed.outcome).toBe('changed');
  const { groups } = await makeReport(flow.context, { timeZone });
  expect(groups).toHaveLength(1);
  expect(groups[0]).toMatchObject({ title: 'Underwater Welding, Level 2', happened: { issued: 2 } });
});

test('groups by credential type, or not at all', async () => {
  const flow = await openAddFlow();
  await flow.issue({ key: '1' });
  await flow.issue({
    key: '2',
    recipient: learner('Budi'),
    credential: microcredential({ microcredential_name: 'Diving' }),
  });
  const byType = await makeReport(flow.context, { timeZone, group: 'type' });
  expect(byType.groups).toMatchObject([{ credentialType: 'microcredential', happened: { issued: 2 } }]);
  expect(byType.groups[0]).not.toHaveProperty('title');
  expect((await makeReport(flow.context, { timeZone, group: 'none' })).groups).toEqual([]);
});

test('awards from before there were courses stand under their type', async () => {
  const { context, store, issue } = await openAddFlow();
  await issue();
  await store.transaction(async (tx) => {
    await tx.insertRecipients([recipientRow('default', 'r')]);
    await tx.insertAwards([
      awardRow('default', 'old', 'r', { course: null, createdAt: context.clock.now() }),
    ]);
  });
  const { groups } = await makeReport(context, { timeZone });
  expect(groups.map(({ title, credentialType }) => [title, credentialType])).toEqual([
    ['Underwater Welding, Level 2', 'microcredential'],
    [undefined, 'education'],
  ]);
});

test('security rule 16: no course stands in clear in the store', async () => {
  const flow = await openAddFlow();
  await flow.issue();
  const [award] = (await flow.store.read.listAwards({ issuer: 'default', limit: 1 })).awards;
  const course = award?.course ?? '';
  const [stored] = await flow.store.read.courses('default', [course]);
  expect(course).toMatch(/^[\w-]{22}$/);
  expect(stored?.credentialType).toBe('microcredential');
  const text = Buffer.from(stored?.sealedCourse ?? []).toString('latin1');
  expect(text).not.toBe('');
  expect(text).not.toMatch(/Welding|Example/);
});

test('the same course has another id in another issuer and under another key', async () => {
  const ids = new Set<string>();
  for (const issuer of ['one', 'two', 'one']) {
    const flow = await openAddFlow({ issuer });
    await flow.issue();
    const [award] = (await flow.store.read.listAwards({ issuer, limit: 1 })).awards;
    ids.add(award?.course ?? '');
  }
  expect(ids.size).toBe(3);
});

test('credentials that have no name of their own stand under their kind', async () => {
  const flow = await openAddFlow();
  const fields = { full_name: 'Nguyễn Thị Lan', country: 'AU' };
  await flow.issue({ credential: { credential_type: 'right_to_work', fields } });
  const { groups } = await makeReport(flow.context, { timeZone });
  expect(groups).toMatchObject([{ title: 'Right to work', happened: { issued: 1 } }]);
});

test.each([
  [{ timeZone: '+07:00' }, /timeZone is not the name/],
  [{ timeZone: 'Asia/Nowhere' }, /timeZone is not the name/],
  [{ from: '2026-02-30' }, /from is not a day/],
  [{ to: 'today' }, /to is not a day/],
  [{ from: '2026-03-02', to: '2026-03-01' }, /from is after to/],
  [{ from: '2000-01-01', by: 'day' as const }, /at most 800 periods/],
])('refuses %j', async (options, message) => {
  const flow = await openAddFlow();
  await expect(makeReport(flow.context, options)).rejects.toThrow(message);
  await expect(makeReport(flow.context, options)).rejects.toBeInstanceOf(RangeError);
});

test('a wait is the number of limits that it reached', () => {
  expect(waitOf(0)).toBe(0);
  for (const [at, limit] of waitLimits.entries()) {
    expect(waitOf(limit - 1)).toBe(at);
    expect(waitOf(limit)).toBe(at + 1);
  }
});
