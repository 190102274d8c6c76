import { expect, test } from 'vitest';
import { SandboxClock } from '../src/world/sandbox-clock.ts';
import { freshSandbox } from './partner.ts';

test('runs with the machine, ahead by what it was advanced', () => {
  let machine = 1000;
  const clock = new SandboxClock(() => machine);
  clock.advance(500);
  machine += 10;
  expect(clock.now()).toBe(1510);
  clock.freeze();
  machine += 10_000;
  clock.advance(1);
  expect(clock.state).toEqual({ now: 1511, frozen: true, aheadMs: 1511 - machine });
  clock.unfreeze();
  machine += 5;
  expect(clock.now()).toBe(1516);
});

test('never goes back', () => {
  const clock = new SandboxClock(() => 1000);
  for (const step of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => clock.advance(step)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  }
  expect(() => clock.freeze(999)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});

test('fires timers in their order when it is advanced past them, and not the canceled ones', () => {
  const clock = new SandboxClock(() => 0);
  const fired: string[] = [];
  clock.setTimer(20, () => fired.push('second'));
  clock.setTimer(10, () => fired.push('first'));
  clock.setTimer(15, () => fired.push('canceled'))();
  clock.setTimer(21, () => fired.push('later'));
  clock.advance(20);
  expect(fired).toEqual(['first', 'second']);
  clock.stop();
});

test('shows in the Date header of every answer', async () => {
  const sandbox = await freshSandbox();
  sandbox.control.clock.freeze({ at: '2030-05-06T07:08:09Z' });
  const answer = await fetch(`${sandbox.baseUrl}/openapi.json`);
  expect(answer.headers.get('date')).toBe('Mon, 06 May 2030 07:08:09 GMT');
});
