import { ManualClock } from '@seek-pass-kit/core/testing';
import type { DueReport } from '@seek-pass-kit/flows';
import type { HostLogEntry } from '@seek-pass-kit/flows/node';
import { expect, test } from 'vitest';
import { createDueWork } from '../../server/src/connection/due-work.ts';

const report = (done: number): DueReport => ({
  jobs: { done, retried: 0, dead: 0, lost: 0, ended: 'nothing_due' },
  polling: { asked: 0, calls: 0, events: [], ended: 'nothing_due' },
});

/** Work whose every run waits for the test. */
function heldWork() {
  const clock = new ManualClock();
  const log: HostLogEntry[] = [];
  const runs: Array<{ readonly end: (done: number) => void; readonly signal: AbortSignal }> = [];
  const work = createDueWork({
    clock,
    log: (entry) => log.push(entry),
    runDue: ({ signal }) =>
      new Promise((resolve, reject) => {
        runs.push({ end: (done) => resolve(report(done)), signal });
        signal.addEventListener('abort', () => reject(new Error('told to break off')));
      }),
  });
  return { work, runs, log, clock };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('runs go on while there is work, one after the other', async () => {
  const { work, runs } = heldWork();
  const ended = work.run();
  runs[0]?.end(3);
  await turn();
  expect(runs).toHaveLength(2);
  runs[1]?.end(0);
  await ended;
  expect(runs).toHaveLength(2);
});

test('whoever asks while a run is on gets one more look, not a second run beside it', async () => {
  const { work, runs } = heldWork();
  const first = work.run();
  void work.run();
  void work.run();
  expect(runs).toHaveLength(1);
  runs[0]?.end(0);
  await turn();
  expect(runs).toHaveLength(2);
  runs[1]?.end(0);
  await first;
  expect(runs).toHaveLength(2);
});

test('a drain lets the run that is on come to its end, and begins no other', async () => {
  const { work, runs } = heldWork();
  void work.run();
  const drained = work.drain(10_000);
  runs[0]?.end(5);
  await drained;
  void work.run();
  expect(runs).toHaveLength(1);
});

test('what takes too long is told to break off, and that is no failure', async () => {
  const { work, runs, log, clock } = heldWork();
  void work.run();
  const drained = work.drain(10_000);
  clock.advance(10_000);
  await drained;
  expect(runs[0]?.signal.aborted).toBe(true);
  expect(log).toEqual([]);
});

test('a failure is logged once, not at every tick of an outage', async () => {
  const log: HostLogEntry[] = [];
  const work = createDueWork({
    clock: new ManualClock(),
    log: (entry) => log.push(entry),
    runDue: () => Promise.reject(new TypeError('learner@example.edu')),
  });
  await work.run();
  await work.run();
  expect(log).toEqual([{ event: 'work_failed', error: 'TypeError' }]);
});
