import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { expect, test } from 'vitest';
import { RequestsUnderWay } from '../../server/src/routes/requests-under-way.ts';

function open() {
  const server = new EventEmitter();
  const timers = new Set<() => void>();
  const clock = {
    now: () => 0,
    setTimer(_: number, run: () => void) {
      timers.add(run);
      return () => void timers.delete(run);
    },
  };
  const requests = new RequestsUnderWay(server as unknown as Server, clock);
  const ask = () => {
    const response = new EventEmitter();
    server.emit('request', {}, response);
    return () => response.emit('close');
  };
  return { requests, ask, timers };
}

test('work goes on at once when nobody waits for an answer, and otherwise once all are answered', async () => {
  const { requests, ask, timers } = open();
  await requests.letGoFirst();
  const [answerOne, answerOther] = [ask(), ask()];
  const goesOn: string[] = [];
  const work = requests.letGoFirst().then(() => goesOn.push('work'));
  answerOne();
  await Promise.resolve();
  expect(goesOn).toEqual([]);
  answerOther();
  await work;
  expect(timers.size).toBe(0);
});

test('a request that takes long holds work up for a moment only', async () => {
  const { requests, ask, timers } = open();
  ask();
  const work = requests.letGoFirst();
  for (const end of timers) end();
  await expect(work).resolves.toBeUndefined();
});
