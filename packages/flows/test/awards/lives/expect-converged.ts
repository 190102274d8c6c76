import { expect } from 'vitest';
import { awardEventKind, type AwardEventType } from '../../../src/awards/award-event.ts';
import { standingOf } from '../../../src/awards/award-facts.ts';
import type { SubmissionOutcome } from '../../../src/awards/submission-outcome.ts';
import type { SubmissionRow } from '../../../src/store/rows.ts';
import type { Lived } from './live.ts';
import type { SeekPassModel } from './seek-pass-model.ts';

const hour = 3_600_000;

/** Every version says what SEEK Pass says, once, and the host is told each end once. */
export async function expectConverged({ context, model, versions }: Lived): Promise<void> {
  const { store, issuer, clock } = context;
  for (const { created } of model.submissions.values()) expect(created).toBe(1);
  const stored: SubmissionRow[] = [];
  for (const version of versions) {
    const submissions = await store.read.submissions(issuer, version.awardId);
    stored.push(...submissions);
    await expectVersion({ context, model, versions }, version, submissions);
  }
  expect([...model.submissions.keys()].filter((id) => !stored.some((one) => one.id === id))).toEqual([]);
  const request = { issuers: [issuer], kinds: [awardEventKind], limit: 99, leaseMs: 1, now: clock.now() };
  expect(await store.jobs.claim(request)).toHaveLength(stored.length);
}

async function expectVersion(
  { context, model }: Lived,
  { awardId, closure }: Lived['versions'][number],
  submissions: readonly SubmissionRow[],
): Promise<void> {
  const { store, issuer } = context;
  const expected = submissions.map((submission) => endOf(model, submission));
  expect(submissions.map(({ outcome }) => outcome)).toEqual(expected);
  expect(submissions.every(({ nextPollAt }) => nextPollAt === null)).toBe(true);

  const award = await store.read.award(issuer, awardId);
  const facts = expected.map((outcome, at) => ({ attempt: at + 1, outcome }));
  expect(award?.facts).toEqual({
    submissions: facts,
    ...(closure === undefined ? {} : { linkClosure: closure }),
  });
  if (closure !== undefined) expect(award && standingOf(award.facts).state).toBe(closure);

  const history = (await store.read.history(issuer, awardId)).map(({ what }) => what);
  expect(history).toHaveLength(1 + Number(closure !== undefined) + 2 * submissions.length);
  expectAlerts(history, closure);
}

/** Security rule 13: what is added behind a closed link is told apart from what was added before. */
function expectAlerts(history: readonly string[], closure: 'withdrawn' | 'superseded' | undefined): void {
  const closedAt = closure === undefined ? history.length : history.indexOf(closure);
  const alert: AwardEventType =
    closure === 'withdrawn' ? 'added_after_withdrawal' : 'added_after_supersession';
  expect(history.slice(0, closedAt).filter((what) => what.startsWith('added_after'))).toEqual([]);
  expect(history.slice(closedAt).filter((what) => what === 'added' || what === 'submitted')).toEqual([]);
  const after = history.slice(closedAt).filter((what) => what.startsWith('added_after'));
  expect(after.every((what) => what === alert)).toBe(true);
}

function endOf(model: SeekPassModel, { id, submittedAt }: SubmissionRow): SubmissionOutcome {
  const there = model.submissions.get(id);
  if (there?.status === 'verified') return 'verified';
  const ended = there?.finalizedAt ?? Number.POSITIVE_INFINITY;
  return ended < submittedAt + 47.75 * hour ? 'declined' : 'expired';
}
