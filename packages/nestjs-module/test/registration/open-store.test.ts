import type { Clock } from '@seek-pass-kit/core';
import { createMemoryStore } from '@seek-pass-kit/flows';
import type { HostLogEntry } from '@seek-pass-kit/flows/node';
import { expect, test } from 'vitest';
import { openStore } from '../../src/registration/open-store.ts';

/** Opens with a clock on which so many milliseconds pass at once. */
async function linesOf(setting: Parameters<typeof openStore>[0], passed: number): Promise<HostLogEntry[]> {
  const lines: HostLogEntry[] = [];
  const timers = new Set<() => void>();
  const clock: Clock = {
    now: () => 0,
    setTimer(delayMs, callback) {
      if (delayMs <= passed) callback();
      else timers.add(callback);
      return () => timers.delete(callback);
    },
  };
  await openStore(setting, { environment: 'staging', log: (line) => lines.push(line), clock }).catch(
    () => undefined,
  );
  expect(timers.size).toBe(0);
  return lines;
}

test('a start that waits for its database says so after three seconds', async () => {
  const away = { postgres: { connectionString: 'postgres://nobody@127.0.0.1:1/none', reconnectForMs: 20 } };
  const reason = 'the start waits for the database of the option store';
  expect(await linesOf(away, 3_000)).toEqual([{ event: 'store_awaited', reason }]);
  expect(await linesOf(away, 2_999)).toEqual([]);
  expect(await linesOf(createMemoryStore(), 2_999)).toEqual([]);
});
