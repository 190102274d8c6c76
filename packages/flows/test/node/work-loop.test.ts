import { ManualClock } from '@seek-pass-kit/core/testing';
import { describe, expect, test } from 'vitest';
import type { DueReport } from '../../src/due-work.ts';
import { startWorkLoop, type WorkPart } from '../../src/node/work-loop.ts';

const idle: DueReport = {
  jobs: { done: 0, retried: 0, dead: 0, lost: 0, ended: 'nothing_due' },
  polling: { asked: 0, calls: 0, events: [], ended: 'nothing_due' },
};
const busy: DueReport = { ...idle, jobs: { ...idle.jobs, done: 1 } };

/** Lets everything happen that waits for no timer. */
const settle = () => new Promise(setImmediate);

function start(answers: Array<DueReport | Error>) {
  const clock = new ManualClock();
  const runs: number[] = [];
  const errors: unknown[] = [];
  let running = 0;
  let most = 0;
  const runDue: WorkPart['runDue'] = async () => {
    runs.push(clock.now());
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    const answer = answers.shift() ?? idle;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const loop = startWorkLoop(
    { runDue },
    {
      clock,
      random: () => 1,
      onReport: () => undefined,
      onFailure: (error) => errors.push(error),
    },
  );
  return { clock, loop, runs, errors, most: () => most };
}

describe('the work of a part', () => {
  test('goes on at once while there is work', async () => {
    const { loop, runs } = start([busy, busy, busy, idle]);
    await settle();
    expect(runs).toHaveLength(4);
    await loop.stop();
  });

  test('waits ever longer while there is none, five seconds at most, and is quick again after work', async () => {
    const { clock, loop, runs } = start([]);
    const waits: number[] = [];
    for (let at = 0; at < 7; at += 1) {
      await settle();
      const before = clock.now();
      while (runs.length === at + 1) {
        clock.advance(50);
        await settle();
      }
      waits.push(clock.now() - before);
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
    await loop.stop();
  });

  test('is not run twice at once, and never ends by a failure', async () => {
    const { clock, loop, runs, errors, most } = start([busy, new Error('store is down'), busy]);
    await settle();
    expect(loop.failing()).toBe(true);
    expect(errors).toHaveLength(1);
    clock.advance(250);
    await settle();
    expect(loop.failing()).toBe(false);
    expect(runs.length).toBeGreaterThan(3);
    expect(most()).toBe(1);
    await loop.stop();
  });

  test('does not hurry when SEEK Pass does not answer', async () => {
    const failed: DueReport = { ...idle, polling: { asked: 30, calls: 1, events: [], ended: 'failed' } };
    const { loop, runs } = start([failed, failed, failed]);
    await settle();
    expect(runs).toHaveLength(1);
    await loop.stop();
  });

  test('goes on beside a run that takes long, up to four at once, and stops when all of them have ended', async () => {
    const clock = new ManualClock();
    const ends: Array<() => void> = [];
    const runDue: WorkPart['runDue'] = () =>
      new Promise<DueReport>((resolve) => ends.push(() => resolve(idle)));
    const options = { clock, random: () => 1, onReport: () => undefined, onFailure: () => undefined };
    const loop = startWorkLoop({ runDue }, options);
    const begunAfter = async (ms: number) => {
      clock.advance(ms);
      await settle();
      return ends.length;
    };
    expect(await begunAfter(4_999)).toBe(1);
    expect(await begunAfter(1)).toBe(2);
    for (let at = 0; at < 10; at += 1) await begunAfter(5_000);
    expect(ends).toHaveLength(4);
    ends[1]?.();
    await settle();
    expect(ends).toHaveLength(5);

    let stopped = false;
    const stopping = loop.stop().then(() => (stopped = true));
    for (const end of ends.slice(0, 4)) end();
    await begunAfter(60_000);
    expect([stopped, ends.length]).toEqual([false, 5]);
    ends[4]?.();
    await stopping;
  });

  test('stops at once while it waits, and after the run that is on', async () => {
    const { loop, runs } = start([]);
    await settle();
    await loop.stop();
    expect(runs).toHaveLength(1);

    const clock = new ManualClock();
    let finish = (_report: DueReport): void => undefined;
    const runDue: WorkPart['runDue'] = () => new Promise<DueReport>((resolve) => (finish = resolve));
    const options = { clock, random: () => 1, onReport: () => undefined, onFailure: () => undefined };
    const slow = startWorkLoop({ runDue }, options);
    let stopped = false;
    const stopping = slow.stop().then(() => (stopped = true));
    await settle();
    expect(stopped).toBe(false);
    finish(busy);
    await stopping;
    expect(stopped).toBe(true);
  });
});
