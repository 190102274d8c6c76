import type { Clock } from '@seek-pass-kit/core';
import { StoreUnavailable } from '../store/ports.ts';
import { isConnectionFault, isContention } from './connection-faults.ts';

/** How a store waits for its database. */
export interface Patience {
  readonly clock: Clock;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  /** For how long a lost connection is tried again, in milliseconds. */
  readonly reconnectForMs: number;
}

const firstDelayMs = 20;
const longestDelayMs = 1_000;
const mostContentions = 20;

/**
 * Does `work` until it goes through: again after a lost connection for as long as the patience lasts, and again when the
 * database undid it for the sake of others. `again` is true from the second time on.
 *
 * @throws {StoreUnavailable} when the patience is over.
 */
export async function withPatience<T>(patience: Patience, work: (again: boolean) => Promise<T>): Promise<T> {
  let lostAt: number | undefined;
  let contentions = 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work(attempt > 0);
    } catch (error) {
      if (isContention(error) && contentions < mostContentions) contentions += 1;
      else if (isConnectionFault(error)) {
        lostAt ??= patience.clock.now();
        if (patience.clock.now() - lostAt >= patience.reconnectForMs) throw unavailable(patience, error);
      } else throw error;
    }
    await delay(patience, Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt, 10)));
  }
}

/** Full jitter: workers that lost the same server do not come back at the same moment. */
function delay({ clock, random }: Patience, mostMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimer(Math.ceil(random() * mostMs), resolve);
  });
}

function unavailable({ reconnectForMs }: Patience, cause: unknown): StoreUnavailable {
  return new StoreUnavailable(
    `The database did not answer for ${reconnectForMs} ms. Check that it runs and can be reached, then try again.`,
    { cause },
  );
}
