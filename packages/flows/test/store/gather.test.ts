import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { gather } from '../../src/store/gather.ts';
import { StoreUnavailable } from '../../src/store/ports.ts';

/** A go that ends when the test says so. */
function heldUp() {
  const goes: string[][] = [];
  const ends: Array<() => void> = [];
  return {
    goes,
    endNext: () => ends.shift()?.(),
    together: async (asks: readonly string[]) => {
      goes.push([...asks]);
      await new Promise<void>((resolve) => {
        ends.push(resolve);
      });
      return asks.map((ask) => ask.toUpperCase());
    },
  };
}

const soon = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  });

describe('what is asked for at the same time', () => {
  it('goes together, and each gets its own answer', async () => {
    const goes: string[][] = [];
    const ask = gather<string, string>({
      async together(asks) {
        goes.push([...asks]);
        return asks.map((one) => one.toUpperCase());
      },
    });
    expect(await Promise.all(['a', 'b', 'a'].map(ask))).toEqual(['A', 'B', 'A']);
    expect(await ask('c')).toBe('C');
    expect(goes).toEqual([['a', 'b', 'a'], ['c']]);
  });

  it('waits for its turn, and gathers meanwhile up to the most of one go', async () => {
    const { goes, endNext, together } = heldUp();
    const ask = gather({ together, inTurn: true, most: 2 });
    const first = ask('a');
    await soon();
    const others = Promise.all(['b', 'c', 'd'].map(ask));
    await soon();
    expect(goes).toEqual([['a']]);
    endNext();
    expect(await first).toBe('A');
    await soon();
    expect(goes).toEqual([['a'], ['b', 'c']]);
    endNext();
    await soon();
    endNext();
    expect(await others).toEqual(['B', 'C', 'D']);
  });

  it('does not wait for one that takes too long', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { goes, endNext, together } = heldUp();
    const ask = gather({ together, inTurn: true });
    const stuck = ask('a');
    await soon();
    const next = ask('b');
    await soon();
    expect(goes).toEqual([['a']]);
    vi.advanceTimersByTime(1_000);
    await soon();
    expect(goes).toEqual([['a'], ['b']]);
    endNext();
    endNext();
    expect(await Promise.all([stuck, next])).toEqual(['A', 'B']);
  });

  it('with the same word goes one after the other, in the order of asking', async () => {
    const goes: string[][] = [];
    const ask = gather<string, string>({
      inTurn: true,
      apart: (word) => word.slice(0, 1),
      async together(asks) {
        goes.push([...asks]);
        return asks;
      },
    });
    await Promise.all(['a1', 'a2', 'b1', 'a3'].map(ask));
    expect(goes).toEqual([['a1', 'b1'], ['a2'], ['a3']]);
  });

  it('fails together where nothing else was agreed', async () => {
    const ask = gather<string, string>({ together: () => Promise.reject(new RangeError('broken')) });
    const ends = await Promise.allSettled([ask('a'), ask('b')]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('is done one by one after it failed together: only what is at fault fails', async () => {
    const alone = async (one: string) => {
      if (one === 'bad') throw new RangeError('broken');
      return one.toUpperCase();
    };
    const ask = gather<string, string>({
      alone,
      together: (asks) => Promise.all(asks.map(alone)),
    });
    const ends = await Promise.allSettled(['a', 'bad', 'c'].map(ask));
    expect(ends).toMatchObject([
      { status: 'fulfilled', value: 'A' },
      { status: 'rejected', reason: expect.any(RangeError) },
      { status: 'fulfilled', value: 'C' },
    ]);
  });

  it('is not tried one by one when the store is away', async () => {
    let tries = 0;
    const ask = gather<string, string>({
      together: () => Promise.reject(new StoreUnavailable('away')),
      async alone() {
        tries += 1;
        return '';
      },
    });
    const ends = await Promise.allSettled([ask('a'), ask('b')]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(tries).toBe(0);
  });
});
