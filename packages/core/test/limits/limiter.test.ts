import { describe, expect, test } from 'vitest';
import type { Turn } from '../../src/limits/limiter.ts';
import { createLimiter } from '../../src/limits/limiter.ts';
import { ManualClock } from '../../src/testing/index.ts';

const far = Infinity;
const settle = () => new Promise((resolve) => setImmediate(resolve));

function make(concurrency: number, rate?: { perSecond: number; burst?: number }) {
  const clock = new ManualClock(0);
  const limiter = createLimiter(concurrency, rate, clock);
  const order: string[] = [];
  const enter = (name: string, lane = '', deadlineAt: number = 1e9, signal?: AbortSignal) => {
    const turn = limiter.enter(lane, signal, deadlineAt);
    const note = (got: Turn) => order.push(got === 'go' ? name : `${name}:${got}`);
    if (turn === undefined) note('go');
    else void turn.then(note);
  };
  return { clock, limiter, order, enter };
}

describe('limiter', () => {
  test('with room to spare nothing waits', () => {
    const { limiter } = make(2);
    expect(limiter.enter('', undefined, far)).toBeUndefined();
    expect(limiter.enter('', undefined, far)).toBeUndefined();
    expect(limiter.enter('', undefined, far)).toBeInstanceOf(Promise);
  });

  test('lanes take turns: a run of 1,000 does not hold up one learner', async () => {
    const { limiter, order, enter } = make(1);
    enter('running');
    for (let i = 0; i < 1000; i++) enter(`bulk${i}`, 'bulk');
    enter('learner', 'page');
    enter('other', 'third');
    enter('learner2', 'page');
    for (let i = 0; i < 6; i++) {
      limiter.leave();
      await settle();
    }
    expect(order).toEqual(['running', 'bulk0', 'learner', 'other', 'bulk1', 'learner2', 'bulk2']);
  });

  test('within a lane it is first come, first served, and newcomers do not overtake', async () => {
    const { limiter, order, enter } = make(1);
    for (const name of ['a', 'b', 'c']) enter(name);
    limiter.leave();
    enter('d');
    await settle();
    expect(order).toEqual(['a', 'b']);
    limiter.leave();
    await settle();
    expect(order).toEqual(['a', 'b', 'c']);
    limiter.leave();
    await settle();
    expect(order).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a queued call can be aborted, or reach its deadline, without taking a place', async () => {
    const { clock, limiter, order, enter } = make(1);
    const stop = new AbortController();
    enter('a');
    enter('b', '', 1e9, stop.signal);
    enter('c', '', 500);
    enter('d');
    stop.abort();
    clock.advance(500);
    await settle();
    limiter.leave();
    await settle();
    expect(order).toEqual(['a', 'b:aborted', 'c:timeout', 'd']);
    expect(clock.pendingTimers).toBe(0);
  });

  test('the rate lets a burst through, then spaces requests evenly', async () => {
    const { clock, limiter, order, enter } = make(100, { perSecond: 4, burst: 2 });
    for (const name of ['a', 'b', 'c', 'd']) enter(name);
    expect(order).toEqual(['a', 'b']);
    clock.advance(249);
    await settle();
    expect(order).toHaveLength(2);
    clock.advance(1);
    await settle();
    expect(order).toEqual(['a', 'b', 'c']);
    clock.advance(250);
    await settle();
    expect(order).toEqual(['a', 'b', 'c', 'd']);
    for (let i = 0; i < 4; i++) limiter.leave();
    clock.advance(60_000);
    for (const name of ['e', 'f', 'g']) enter(name);
    expect(order.slice(4), 'quiet time saves up one burst, no more').toEqual(['e', 'f']);
  });

  test('no second of a long run exceeds the rate by more than the burst', async () => {
    const { clock, limiter } = make(1000, { perSecond: 50, burst: 5 });
    const starts: number[] = [];
    for (let i = 0; i < 400; i++) {
      const turn = limiter.enter(`lane${i % 7}`, undefined, 1e9);
      if (turn === undefined) starts.push(clock.now());
      else void turn.then(() => starts.push(clock.now()));
    }
    for (let t = 0; t < 10_000; t += 10) {
      clock.advance(10);
      await settle();
    }
    expect(starts).toHaveLength(400);
    for (const from of starts) {
      expect(starts.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(56);
    }
    expect(Math.max(...starts)).toBeLessThanOrEqual(8_000);
  });

  test('a pause holds everybody, and refuses at once those whose deadline comes first', async () => {
    const { clock, limiter, order, enter } = make(1);
    enter('a');
    enter('short', '', 5_000);
    enter('long', '', 60_000);
    limiter.pauseUntil(10_000);
    enter('late', '', 9_999);
    limiter.leave();
    await settle();
    expect(order).toEqual(['a', 'short:paused', 'late:paused']);
    clock.advance(10_000);
    await settle();
    expect(order.at(-1)).toBe('long');
  });
});
