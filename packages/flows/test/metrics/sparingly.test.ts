import { describe, expect, test } from 'vitest';
import { sparingly } from '../../src/metrics/sparingly.ts';
import { watchStore } from '../../src/metrics/watched-store.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { StandingClock } from '../standing-clock.ts';

/** Looks that take so long, by the clock, and see their own number. */
function looking(tookMs: number) {
  const clock = new StandingClock(0);
  let looks = 0;
  const { refresh, seen } = sparingly(clock, async () => {
    clock.advance(tookMs);
    looks += 1;
    return looks;
  });
  const ask = async () => {
    await refresh();
    return seen();
  };
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

  test('that failed sees nothing, and is not tried again at once', async () => {
    const clock = new StandingClock(0);
    let looks = 0;
    const { refresh, seen } = sparingly(clock, async () => {
      looks += 1;
      if (looks > 1) throw new Error('down');
      return looks;
    });
    await refresh();
    expect(seen()).toBe(1);
    clock.advance(10_000);
    await refresh();
    await refresh();
    expect(seen()).toBeUndefined();
    expect(looks).toBe(2);
  });
});

describe('a scrape', () => {
  /** A store whose awards are counted when it is told so, over a clock whose timers end at once. */
  function slowStore() {
    const memory = createMemoryStore();
    const clock = new StandingClock();
    const counts: Array<(counts: Record<string, number>) => void> = [];
    const countByState = () => new Promise<Record<string, number>>((resolve) => void counts.push(resolve));
    const impatient = {
      now: () => clock.now(),
      setTimer: (_: number, end: () => void) => clock.setTimer(0, end),
    };
    const store = { ...memory, read: { ...memory.read, countByState } };
    const read = watchStore({
      store,
      issuers: ['default'],
      clock: impatient,
      seekPassNow: () => clock.now(),
    });
    const ready = async () => {
      const awards = (await read()).find(({ of }) => of.name === 'seek_pass.awards');
      const values = awards === undefined || !('values' in awards) ? [] : [...awards.values];
      return values.find(([[state]]) => state === 'ready')?.[1];
    };
    return { clock, counts, ready };
  }

  test('waits for no count: what was known before is told, and the new one when it is there', async () => {
    const { clock, counts, ready } = slowStore();
    expect(await ready()).toBeUndefined();
    counts[0]?.({ ready: 7 });
    expect(await ready()).toBe(7);
    clock.advance(10_000);
    expect(await ready()).toBe(7);
    expect(await ready()).toBe(7);
    expect(counts).toHaveLength(2);
    counts[1]?.({ ready: 8 });
    expect(await ready()).toBe(8);
  });
});
