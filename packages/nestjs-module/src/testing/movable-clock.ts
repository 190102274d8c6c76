import type { Clock } from '@seek-pass-kit/core';

/** How far time moves: the parts add up. */
export interface TimeStep {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** A clock, and how it is told that it was moved. */
export interface MovableClock extends Clock {
  /** Fires what has come due, in its order. */
  readonly moved: () => void;
}

/**
 * Time that stands still until it is moved elsewhere. What waits for a timer goes on when time was moved past it, or when the machine has
 * waited as long: a request that is repeated after a pause hangs in no test.
 */
export function movableClock(now: () => number): MovableClock {
  const timers = new Set<Timer>();
  return {
    now,
    setTimer(delayMs, callback) {
      const timer: Timer = { at: now() + delayMs, fire: () => end() && callback() };
      const ofMachine = setTimeout(timer.fire, delayMs);
      const end = (): boolean => {
        clearTimeout(ofMachine);
        return timers.delete(timer);
      };
      timers.add(timer);
      return end;
    },
    moved() {
      const due = [...timers].filter(({ at }) => at <= now()).toSorted((a, b) => a.at - b.at);
      for (const { fire } of due) fire();
    },
  };
}
