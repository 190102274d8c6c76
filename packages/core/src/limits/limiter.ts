import type { Clock } from '../clock.ts';
import type { RateLimit } from '../options.ts';
import { startWait } from '../wait.ts';

/** How waiting for a turn ended. `paused`: SEEK Pass asked for more patience than the deadline allows. */
export type Turn = 'go' | 'aborted' | 'timeout' | 'paused';

interface Waiter {
  readonly deadlineAt: number;
  readonly end: (turn: Turn) => void;
}

/**
 * Bounds how many requests of one client are in flight and how many start a second. Who has to wait queues in a lane;
 * lanes take turns, one request each. With room to spare, {@link Limiter.enter} costs a comparison.
 */
export interface Limiter {
  /** Takes a place, or waits for one. `undefined`: taken at once. Every `go` must be followed by {@link Limiter.leave}. */
  enter(lane: string, signal: AbortSignal | undefined, deadlineAt: number): Promise<Turn> | undefined;
  /** Gives the place back. */
  leave(): void;
  /** Starts nothing before this time: SEEK Pass asked for it with `Retry-After`. */
  pauseUntil(time: number): void;
  /** Until when nothing starts, in milliseconds since the epoch. */
  pausedUntil(): number;
}

/** Makes a {@link Limiter}. */
export function createLimiter(concurrency: number, rate: RateLimit | undefined, clock: Clock): Limiter {
  /** Lanes with waiters, the next one first: a lane that was served moves to the end. */
  const lanes = new Map<string, Set<Waiter>>();
  const { perSecond = Infinity, burst = Math.ceil(perSecond) } = rate ?? {};
  let active = 0;
  let pausedUntil = 0;
  let tokens = burst;
  let filledAt = clock.now();
  let stopWake: (() => void) | undefined;

  function mayStartAt(): number {
    const now = clock.now();
    if (pausedUntil > now) return pausedUntil;
    pausedUntil = 0;
    if (rate === undefined) return now;
    tokens = Math.min(burst, tokens + ((now - filledAt) * perSecond) / 1000);
    filledAt = now;
    return tokens >= 1 ? now : now + Math.ceil(((1 - tokens) * 1000) / perSecond);
  }

  function takePlace(): boolean {
    if (active >= concurrency) return false;
    if ((rate !== undefined || pausedUntil !== 0) && mayStartAt() > clock.now()) return false;
    tokens--;
    active++;
    return true;
  }

  /** Serves waiters while there is room: the first of the first lane, which then goes to the end. */
  function serve(): void {
    for (const [lane, waiters] of lanes) {
      if (!takePlace()) {
        // With room in flight, it is time that is lacking. Nobody waits, no timer: it would hold up the end of the process.
        if (active < concurrency) {
          stopWake?.();
          stopWake = clock.setTimer(mayStartAt() - clock.now(), serve);
        }
        return;
      }
      const [waiter] = waiters;
      lanes.delete(lane);
      lanes.set(lane, waiters);
      waiter?.end('go');
    }
  }

  return {
    enter(lane, signal, deadlineAt) {
      if (lanes.size === 0 && takePlace()) return undefined;
      if (pausedUntil > deadlineAt) return Promise.resolve('paused');
      const waiters = lanes.get(lane) ?? new Set<Waiter>();
      const { promise, end } = startWait<Turn>(clock, deadlineAt - clock.now(), signal, () => {
        waiters.delete(waiter);
        if (waiters.size === 0) lanes.delete(lane);
      });
      const waiter: Waiter = { deadlineAt, end };
      waiters.add(waiter);
      lanes.set(lane, waiters);
      serve();
      return promise;
    },

    leave() {
      active--;
      if (lanes.size > 0) serve();
    },

    pauseUntil(time) {
      if (time <= pausedUntil) return;
      pausedUntil = time;
      for (const waiters of lanes.values()) {
        for (const waiter of waiters) if (waiter.deadlineAt < time) waiter.end('paused');
      }
    },

    pausedUntil: () => pausedUntil,
  };
}
