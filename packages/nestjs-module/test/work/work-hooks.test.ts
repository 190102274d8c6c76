import { ManualClock } from '@seek-pass-kit/core/testing';
import { ConfigurationError } from '@seek-pass-kit/core';
import { expect, onTestFinished, test } from 'vitest';
import type { RegistrationWork } from '../../src/work/registration-work.ts';
import { WorkHooks } from '../../src/work/work-hooks.ts';

function registration(change: Partial<RegistrationWork> = {}) {
  const log: object[] = [];
  const work: RegistrationWork = {
    readiness: () => Promise.reject(new Error('nobody asks')),
    metrics: undefined,
    works: true,
    start: async () => undefined,
    drain: async () => undefined,
    close: async () => undefined,
    ...change,
  };
  return { name: 'hr', work, log: (entry: object) => void log.push(entry), lines: log };
}

test('nothing is said of shutdown hooks where somebody hears SIGTERM, be it a little later', async () => {
  const clock = new ManualClock();
  const hr = registration();
  const hooks = new WorkHooks({}, hr, clock);
  await hooks.onApplicationBootstrap();
  const heard = () => undefined;
  process.on('SIGTERM', heard);
  onTestFinished(() => void process.off('SIGTERM', heard));
  clock.advance(1_000);
  expect(hr.lines).toEqual([]);
});

test('a process that does no jobs has none to finish, and is told nothing of hooks', async () => {
  const clock = new ManualClock();
  const hr = registration({ works: false });
  await new WorkHooks({}, hr, clock).onApplicationBootstrap();
  expect(clock.pendingTimers).toBe(0);
});

test('the first registration of an application that ends has all of that application drain, and of no other', async () => {
  const drained: string[] = [];
  const app = {};
  const hooksOf = (name: string, application: object) =>
    new WorkHooks(
      application,
      registration({ drain: async () => void drained.push(name) }),
      new ManualClock(),
    );
  const all = [hooksOf('a', app), hooksOf('b', app), hooksOf('of another application', {})];
  for (const hooks of all) await hooks.onApplicationBootstrap();
  await all[0]?.onModuleDestroy();
  expect(drained).toEqual(['a', 'b']);
});

test('a wrong setting that shows only at the start names the registration, and ends the work that has begun', async () => {
  const app = {};
  let drained = false;
  const other = registration({ drain: async () => void (drained = true) });
  await new WorkHooks(app, other, new ManualClock()).onApplicationBootstrap();
  const start = () => Promise.reject(new ConfigurationError('Port 9464 of 127.0.0.1 cannot be opened.'));
  const hooks = new WorkHooks(app, registration({ start }), new ManualClock());
  await expect(hooks.onApplicationBootstrap()).rejects.toThrow("SeekPassModule 'hr': Port 9464");
  expect(drained).toBe(true);
});
