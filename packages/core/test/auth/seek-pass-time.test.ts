import { expect, test } from 'vitest';
import { createSeekPassTime } from '../../src/auth/seek-pass-time.ts';
import { ManualClock } from '../../src/testing/manual-clock.ts';

test('is a whole millisecond, whatever the answer took: stores keep it as an integer', () => {
  const clock = new ManualClock(1_000_001);
  const time = createSeekPassTime(clock);
  time.observe(new Date(2_000_000).toUTCString(), 1_000_000);
  expect(time.now()).toBe(2_000_501);
  expect(time.offsetMs()).toBe(1_000_500);
});
