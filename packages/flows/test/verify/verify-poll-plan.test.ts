import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextVerifyPollAt } from '../../src/verify/verify-poll-plan.ts';

const minute = 60_000;
const hour = 60 * minute;

test('looks twelve times in 48 hours when nothing happens, the last time at the end', () => {
  const waiting = { requestedAt: 0, giveUpAt: 48 * hour };
  const looks: number[] = [];
  for (let at: number | undefined = 0; at !== undefined; at = nextVerifyPollAt(waiting, at)) looks.push(at);
  expect(looks).toHaveLength(13);
  expect(looks[1]).toBe(2 * minute);
  expect(looks.at(-1)).toBe(48 * hour);
});

test('looks soon after a sign, whatever the plan says', () => {
  const waiting = { requestedAt: 0, giveUpAt: 48 * hour, signAt: 20 * hour };
  expect(nextVerifyPollAt(waiting, 20 * hour)).toBe(20 * hour + 5_000);
  expect(nextVerifyPollAt(waiting, 20 * hour + 16 * minute)).toBe(24 * hour);
});

test('the next look is always later than the last one, and never after the end', () => {
  const time = fc.integer({ min: 0, max: 60 * hour });
  fc.assert(
    fc.property(time, time, fc.option(time, { nil: undefined }), (askedAt, giveUpAt, signAt) => {
      const waiting = { requestedAt: 0, giveUpAt, ...(signAt === undefined ? {} : { signAt }) };
      const next = nextVerifyPollAt(waiting, askedAt);
      if (next === undefined) expect(askedAt).toBeGreaterThanOrEqual(giveUpAt);
      else {
        expect(next).toBeGreaterThan(askedAt);
        expect(next).toBeLessThanOrEqual(giveUpAt);
      }
    }),
  );
});
