import { RejectedError, UnavailableError } from '@seek-pass-kit/core';
import { ManualClock } from '@seek-pass-kit/core/testing';
import { describe, expect, it } from 'vitest';
import { jobId } from '../../src/jobs/job-id.ts';
import { type JobHandler, type JobHandlers, runDue, type RunnerContext } from '../../src/jobs/runner.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Settlement } from '../../src/store/jobs.ts';
import { StoreConflict } from '../../src/store/ports.ts';
import { stopRow } from '../conformance/sample-rows.ts';

const minute = 60_000;

async function open(jobs = 1) {
  const clock = new ManualClock();
  const store = createMemoryStore();
  const context: RunnerContext = { store, clock, random: () => 0.5, issuers: ['default'] };
  const rows = Array.from({ length: jobs }, (_, at) => ({
    id: jobId('default', 'work', String(at)),
    issuer: 'default',
    kind: 'work',
    refs: { at: String(at) },
    runAt: clock.now(),
  }));
  await store.transaction((tx) => tx.enqueue(rows));
  const run = (handlers: JobHandlers, signal?: AbortSignal) =>
    runDue(context, { budgetMs: 10 * minute, handlers, ...(signal === undefined ? {} : { signal }) });
  return { clock, store, context, run };
}

const nothing = { done: 0, retried: 0, dead: 0, lost: 0 };
const failing =
  (error: Error): JobHandler =>
  async () => {
    throw error;
  };

describe('running jobs', () => {
  it('does each due job once and leaves other kinds alone', async () => {
    const { store, clock, run } = await open(20);
    const other = { id: jobId('default', 'other'), issuer: 'default', kind: 'other', refs: {}, runAt: 0 };
    await store.transaction((tx) => tx.enqueue([other]));
    const seen: string[] = [];
    const work: JobHandler = async ({ refs }) => {
      seen.push(String(refs['at']));
      return undefined;
    };
    expect(await run({ work })).toEqual({ ...nothing, done: 20, ended: 'nothing_due' });
    expect(new Set(seen).size).toBe(20);
    expect(await run({ work })).toEqual({ ...nothing, ended: 'nothing_due' });
    const request = { issuers: ['default'], kinds: ['other'], limit: 9, leaseMs: 1, now: clock.now() };
    expect(await store.jobs.claim(request)).toHaveLength(1);
  });

  it('tries again later what may succeed later, at the earliest when SEEK Pass asked', async () => {
    const { clock, run } = await open();
    const work = failing(new UnavailableError('down', { retryAfterMs: 90_000 }));
    expect(await run({ work })).toEqual({ ...nothing, retried: 1, ended: 'nothing_due' });
    clock.advance(89_000);
    expect(await run({ work })).toMatchObject({ retried: 0 });
    clock.advance(1_000);
    expect(await run({ work: async () => undefined })).toMatchObject({ done: 1 });
  });

  it('sets aside at once what only a person can mend, without a word of its message', async () => {
    const { store, run } = await open();
    expect(await run({ work: failing(new RejectedError('Lan is unknown')) })).toMatchObject({ dead: 1 });
    expect(await store.jobs.dead('default', 9)).toMatchObject([{ reason: 'rejected' }]);
  });

  it('waits longer each time and gives up in the end', async () => {
    const { store, clock, run } = await open();
    const tries: number[] = [];
    const work: JobHandler = () => {
      tries.push(clock.now());
      return Promise.reject(new TypeError('Lan'));
    };
    for (let at = 0; at < 1_000; at += 1) {
      await run({ work });
      clock.advance(5 * minute);
    }
    const waits = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(tries).toHaveLength(16);
    expect(await store.jobs.dead('default', 9)).toMatchObject([
      { reason: 'gave up after 16 tries: TypeError' },
    ]);
  });

  it('decides anew soon after a conflict', async () => {
    const { clock, run } = await open();
    expect(await run({ work: failing(new StoreConflict('x')) })).toMatchObject({ retried: 1 });
    clock.advance(1_000);
    expect(await run({ work: async () => undefined })).toMatchObject({ done: 1 });
  });

  it('takes a settlement from the handler', async () => {
    const { store, clock, run } = await open(2);
    const answers: Settlement[] = [{ retryAt: clock.now() + minute }, { dead: 'unknown_outcome' }];
    expect(await run({ work: async () => answers.shift() })).toMatchObject({ retried: 1, dead: 1 });
    expect(await store.jobs.dead('default', 9)).toMatchObject([{ reason: 'unknown_outcome' }]);
  });
});

describe('a long job', () => {
  it('stays with its worker for as long as it runs', async () => {
    const { store, clock, run } = await open();
    const work: JobHandler = async () => {
      for (let at = 0; at < 20; at += 1) {
        clock.advance(minute / 2);
        await new Promise((resolve) => setImmediate(resolve));
      }
      const request = { issuers: ['default'], kinds: ['work'], limit: 9, leaseMs: minute, now: clock.now() };
      expect(await store.jobs.claim(request)).toEqual([]);
      return undefined;
    };
    expect(await run({ work })).toMatchObject({ done: 1, lost: 0 });
  });

  it('is told when somebody else has it, and its end does not count', async () => {
    const { store, clock, run } = await open();
    let told = false;
    const work: JobHandler = async (_, { signal }) => {
      // The process stood still for longer than the lease.
      clock.jumpTo(clock.now() + 2 * minute);
      const request = { issuers: ['default'], kinds: ['work'], limit: 9, leaseMs: minute, now: clock.now() };
      expect(await store.jobs.claim(request)).toHaveLength(1);
      clock.advance(minute / 2);
      for (let at = 0; at < 10; at += 1) await new Promise((resolve) => setImmediate(resolve));
      told = signal.aborted;
      return undefined;
    };
    expect(await run({ work })).toMatchObject({ done: 0, lost: 1 });
    expect(told).toBe(true);
  });
});

it('a handler that hangs is told to stop after a quarter of an hour, and lets its job go', async () => {
  const { clock, run } = await open();
  const work: JobHandler = (_, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('stopped')));
    });
  const running = run({ work });
  for (let at = 0; at < 40; at += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(minute / 2);
  }
  expect(await running).toMatchObject({ retried: 1, ended: 'out_of_time' });
});

it('a handler may settle its job together with its change', async () => {
  const { store, run } = await open();
  const work: JobHandler = (job) =>
    store.transaction(async (tx) => {
      await tx.setStopped(stopRow('default', null));
      if (!(await tx.settle(job, { done: true }))) throw new Error('the job is somebody else\u2019s');
      return 'settled' as const;
    });
  expect(await run({ work })).toEqual({ ...nothing, done: 1, ended: 'nothing_due' });
});

describe('the end of a run', () => {
  it('comes when the time is over', async () => {
    const { clock, run } = await open(20);
    const work: JobHandler = async () => {
      clock.advance(2 * minute);
      return undefined;
    };
    expect(await run({ work })).toEqual({ ...nothing, done: 8, ended: 'out_of_time' });
  });

  it('on an abort begins nothing more, and a job that stopped in the middle is due at once', async () => {
    const { run } = await open(20);
    const end = new AbortController();
    const work: JobHandler = async (_, { signal }) => {
      end.abort();
      signal.throwIfAborted();
      return undefined;
    };
    expect(await run({ work }, end.signal)).toEqual({ ...nothing, retried: 8, ended: 'aborted' });
    expect(await run({ work: async () => undefined })).toMatchObject({ done: 20 });
  });
});
