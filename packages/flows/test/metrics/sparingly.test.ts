import { describe, expect, test } from 'vitest';
import { sparingly } from '../../src/metrics/sparingly.ts';
import { StandingClock } from '../add-flow-fixture.ts';

/** Looks that take so long, by the clock. */
function looking(tookMs: number) {
  const clock = new StandingClock(0);
  let looks = 0;
  const ask = sparingly(clock, async () => {
    clock.advance(tookMs);
    looks += 1;
    return looks;
  });
  return { clock, ask };
}

describe('a look at the store', () => {
  test('is shared for ten seconds', async () => {
    const { clock, ask } = looking(0);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    clock.advance(9_999);
    expect(await ask()).toBe(1);
    clock.advance(1);
    expect(await ask()).toBe(2);
  });

  test('that takes a second is taken again after 99 more: a hundredth of the time', async () => {
    const { clock, ask } = looking(1_000);
    expect(await ask()).toBe(1);
    clock.advance(98_999);
    expect(await ask()).toBe(1);
    clock.advance(1);
    expect(await ask()).toBe(2);
  });

  test('holds nobody up: what was known before is told, and the new one when it is there', async () => {
    const clock = new StandingClock(0);
    const answers: Array<(value: string) => void> = [];
    const impatient = Object.assign(Object.create(clock) as StandingClock, {
      now: () => clock.now(),
      setTimer: (_: number, callback: () => void) => clock.setTimer(0, callback),
    });
    const ask = sparingly(impatient, () => new Promise<string>((resolve) => answers.push(resolve)));
    expect(await ask()).toBeUndefined();
    answers[0]?.('first');
    expect(await ask()).toBe('first');
    clock.advance(10_000);
    expect(await ask()).toBe('first');
    expect(await ask()).toBe('first');
    expect(answers).toHaveLength(2);
    answers[1]?.('second');
    expect(await ask()).toBe('second');
  });

  test('that failed tells nothing, and is not tried again at once', async () => {
    const clock = new StandingClock(0);
    let looks = 0;
    const ask = sparingly(clock, async () => {
      looks += 1;
      if (looks > 1) throw new Error('down');
      return looks;
    });
    expect(await ask()).toBe(1);
    clock.advance(10_000);
    expect(await ask()).toBeUndefined();
    expect(await ask()).toBeUndefined();
    expect(looks).toBe(2);
  });
});
