import { expect, it } from 'vitest';
import { lagBound, nextPollAt, pollAges } from '../../src/polling/poll-plan.ts';

const hour = 3_600_000;

it('follows 10,000 submissions for 48 hours in at most 3,340 calls, each end seen within its lag bound', () => {
  const submissions = Array.from({ length: 10_000 }, (_, n) => ({
    submittedAt: n % 5,
    // Every age of ending is there; one in ten never ends by itself.
    endsAt: n % 10 === 0 ? Infinity : (n % 5) + ((n * 7919) % (48 * hour)),
    askedAt: undefined as number | undefined,
  }));
  let calls = 0;
  let open = submissions;
  while (open.length > 0) {
    const now = Math.min(...open.map((s) => nextPollAt(s.submittedAt, s.askedAt) ?? Infinity)) + 10;
    const due = open.filter((s) => (nextPollAt(s.submittedAt, s.askedAt) ?? Infinity) <= now);
    calls += Math.ceil(due.length / 30);
    for (const s of due) {
      s.askedAt = now;
      if (s.endsAt <= now)
        expect(now - s.endsAt).toBeLessThanOrEqual(lagBound(s.endsAt - s.submittedAt) + 20);
    }
    open = open.filter(
      (s) => (s.askedAt ?? -1) < s.endsAt && nextPollAt(s.submittedAt, s.askedAt) !== undefined,
    );
  }
  expect(calls).toBeLessThanOrEqual(3_340);
});

it('asks once more after the 48 hours are over, and then never again', () => {
  const last = pollAges.at(-1) ?? 0;
  expect(last).toBeGreaterThan(48 * hour);
  expect(nextPollAt(0, last)).toBeUndefined();
  expect(nextPollAt(0, 47 * hour)).toBe(last);
});

it('skips what was missed while nothing ran', () => {
  expect(nextPollAt(0, 30 * hour)).toBe(36 * hour);
});
