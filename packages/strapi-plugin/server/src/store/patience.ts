import type { Clock } from '@seek-pass-kit/core';
import { StoreUnavailable } from '@seek-pass-kit/flows';
import type { Dialect } from './dialects/dialect.ts';

/** How the store waits for its database. */
export interface Patience {
  readonly clock: Clock;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  /** For how long a lost connection is tried again, in milliseconds. */
  readonly reconnectForMs: number;
}

const firstDelayMs = 20;
const longestDelayMs = 1_000;
const mostContentions = 40;

/**
 * Does `work` until it goes through: again after a lost connection for as long as the patience lasts, and again when the database undid it
 * for the sake of others.
 *
 * @throws {StoreUnavailable} when the patience is over.
 */
export async function withPatience<T>(
  patience: Patience,
  dialect: Dialect,
  work: () => Promise<T>,
): Promise<T> {
  let lostAt: number | undefined;
  let contentions = 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const fault = dialect.faultOf(error);
      if ((fault === 'contention' || fault === 'lock-wait') && contentions < mostContentions)
        contentions += 1;
      else if (fault === 'connection') {
        lostAt ??= patience.clock.now();
        if (patience.clock.now() - lostAt >= patience.reconnectForMs) throw unavailable(error);
      } else throw isPoolExhausted(error) ? unavailable(error) : error;
    }
    await delay(patience, Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt, 10)));
  }
}

/** Full jitter: processes that lost the same server do not come back at the same moment. */
function delay({ clock, random }: Patience, mostMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimer(Math.ceil(random() * mostMs), resolve);
  });
}

/** What knex says when it could not give a connection for as long as its pool waits: the server is away, or all are in use. */
function isPoolExhausted(error: unknown): boolean {
  return error instanceof Error && error.name === 'KnexTimeoutError';
}

function unavailable(cause: unknown): StoreUnavailable {
  return new StoreUnavailable(
    'The database of Strapi does not answer. Check that it runs and can be reached, then try again.',
    { cause },
  );
}
