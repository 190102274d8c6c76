import { checkRows } from '@seek-pass-kit/flows/bulk';
import { expect, test } from 'vitest';
import { classOf, csvOf } from '../../src/rehearsing/class-of-learners.ts';
import { planAt, plannedEnds, plans } from '../../src/rehearsing/plans.ts';

test('the shares of the plans add up to 100, and each is reached', () => {
  expect(Object.values(plannedEnds).reduce((sum, { share }) => sum + share, 0)).toBe(100);
  expect(new Set(Array.from({ length: 1_000 }, (_, at) => planAt(at / 10)))).toEqual(new Set(plans));
});

test('the same seed makes the same class, another seed another one', () => {
  expect(classOf(200, 7)).toEqual(classOf(200, 7));
  expect(classOf(200, 8)).not.toEqual(classOf(200, 7));
});

test('nobody shares a key, an address or a network; every mailbox is at a domain for examples', () => {
  const learners = classOf(10_000, 1);
  for (const name of ['key', 'email', 'network'] as const) {
    expect(new Set(learners.map((learner) => learner[name])).size).toBe(learners.length);
  }
  expect(learners.every(({ email }) => email.endsWith('.example.edu'))).toBe(true);
});

test('a small class has every plan, and a large one about as many of each as its share says', () => {
  expect(new Set(classOf(plans.length, 3).map(({ plan }) => plan))).toEqual(new Set(plans));
  const learners = classOf(10_000, 1);
  for (const plan of plans) {
    const share = (100 * learners.filter((learner) => learner.plan === plan).length) / learners.length;
    expect(Math.abs(share - plannedEnds[plan].share)).toBeLessThan(2);
  }
});

test('every row of the file can be issued, whatever script the name is in', async () => {
  const bytes = new TextEncoder().encode(csvOf(classOf(2_000, 1), '2026-11-21'));
  async function* file(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const wrong: unknown[] = [];
  for await (const { credential, findings } of checkRows(file(), { today: '2026-11-21' })) {
    if (credential === undefined || findings.length > 0) wrong.push(findings);
  }
  expect(wrong).toEqual([]);
});
