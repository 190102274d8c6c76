import { ManualClock } from '@seek-pass-kit/core/testing';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/jobs/runner.ts';
import { createHostRecord } from '../../src/node/host-record.ts';
import type { WorkPart, WorkReport } from '../../src/node/work-loop.ts';
import { startWorker } from '../../src/node/worker.ts';
import { idleReport } from './open-host.ts';

const idle: RunReport = { done: 0, retried: 0, dead: 0, lost: 0, ended: 'nothing_due' };
const busy: RunReport = { ...idle, done: 1 };

/** Lets everything happen that waits for no timer. */
const settle = () => new Promise(setImmediate);

/** A part that answers what it is told to, then that nothing is due. */
function partOf(...answers: Array<WorkReport | Error | Promise<WorkReport>>) {
  const part = { runs: 0 };
  const runDue: WorkPart['runDue'] = async () => {
    part.runs += 1;
    const answer = answers.shift() ?? idle;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return Object.assign(part, { runDue });
}

/** A run that ends when it is told to. */
function slowRun() {
  let end = (): void => undefined;
  const report = new Promise<WorkReport>((resolve) => (end = () => resolve(busy)));
  return { report, end: () => end() };
}

function start(parts: readonly WorkPart[]) {
  const clock = new ManualClock();
  const log: object[] = [];
  const record = createHostRecord({ clock });
  const worker = startWorker({ parts, record, logger: (entry) => log.push(entry), clock, random: () => 1 });
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 250) {
      clock.advance(250);
      await settle();
    }
  };
  return { clock, log, record, worker, pass };
}

describe('a worker', () => {
  test('lets no part wait for another that hangs or fails', async () => {
    const hanging = partOf(new Promise<WorkReport>(() => undefined));
    const failing = partOf(...Array.from({ length: 99 }, () => new Error('no')));
    const working = partOf(busy, idleReport, busy);
    const { worker, pass } = start([hanging, failing, working]);
    await pass(1_000);
    expect(hanging.runs).toBe(1);
    expect(failing.runs).toBeGreaterThan(1);
    expect(working.runs).toBeGreaterThan(4);
    expect(worker.failing()).toBe(true);
  });

  test('knows whether it fails from the last run of each part', async () => {
    const slow = slowRun();
    const mended = partOf(new Error('no'));
    const { worker, pass } = start([mended, partOf(slow.report)]);
    expect(worker.failing()).toBeUndefined();
    await settle();
    expect(worker.failing()).toBe(true);
    await pass(500);
    expect(worker.failing()).toBe(false);
  });

  test('tells a failure when it begins or changes, each part by itself', async () => {
    const down = () => Object.assign(new Error('hunter2'), { name: 'StoreDown' });
    const one = partOf(down(), down(), new TypeError('x'), busy, down());
    const other = partOf(down(), down(), down());
    const { log, pass } = start([one, other]);
    await pass(10_000);
    const told = (name: string) => ({ event: 'work_failed', error: name });
    expect(log).toEqual([told('StoreDown'), told('StoreDown'), told('TypeError'), told('StoreDown')]);
  });

  test('goes on when the logger throws', async () => {
    const clock = new ManualClock();
    const part = partOf(new Error('no'), new TypeError('no'));
    const logger = () => {
      throw new Error('disk full');
    };
    const worker = startWorker({ parts: [part], logger, clock, random: () => 1 });
    for (let at = 0; at < 8; at += 1) {
      await settle();
      clock.advance(250);
    }
    expect(part.runs).toBeGreaterThan(2);
    expect(await worker.close()).toBe(true);
  });

  test('counts the jobs of every part, and as polls only those of submissions', async () => {
    const add = partOf({ jobs: busy, polling: { asked: 45, calls: 2, ended: 'nothing_due' } });
    const verify = partOf({ jobs: { ...idle, retried: 3 }, polling: { asked: 5, ended: 'nothing_due' } });
    const { record } = start([add, verify, partOf(busy)]);
    await settle();
    const counted = (name: string) => {
      const found = record.readings().find(({ of }) => of.name === name);
      return found !== undefined && 'values' in found ? Object.fromEntries(found.values) : {};
    };
    expect(counted('seek_pass.jobs')).toMatchObject({ done: 2, retried: 3 });
    expect(counted('seek_pass.polls')).toEqual({ '': 2 });
    expect(counted('seek_pass.polled_submissions')).toEqual({ '': 45 });
  });

  test('ends with the runs that are on, and begins none after it was closed', async () => {
    const slow = slowRun();
    const part = partOf(slow.report);
    const { worker } = start([part, partOf()]);
    await settle();
    const closed = worker.close();
    slow.end();
    expect(await closed).toBe(true);
    expect(part.runs).toBe(1);
    expect(await worker.close()).toBe(true);
  });

  test('breaks off what takes longer than the grace time, and says so', async () => {
    let told = false;
    const part: WorkPart = {
      runDue: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            told = true;
            reject(new Error('told to stop'));
          });
        }),
    };
    const deaf: WorkPart = { runDue: () => new Promise(() => undefined) };
    const { worker, log, pass } = start([part, deaf]);
    await settle();
    const closed = worker.close({ graceMs: 1_000 });
    await pass(750);
    expect(told).toBe(false);
    await pass(2_500);
    expect(told).toBe(true);
    expect(await closed).toBe(false);
    expect(log).toEqual([]);
  });
});
