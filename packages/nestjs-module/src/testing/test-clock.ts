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
  readonly callback: () => void;
}

/**
 * Time that stands still until it is moved. What waits for a timer goes on when time is moved past it, or when the machine has waited as
 * long: a request that is repeated after a pause hangs in no test.
 */
export class TestClock implements Clock {
  readonly #read: () => number;
  readonly #timers = new Set<Timer>();

  /** @param read the time that is moved elsewhere. */
  constructor(read: () => number) {
    this.#read = read;
  }

  now(): number {
    return this.#read();
  }

  setTimer(delayMs: number, callback: () => void): () => void {
    const timer: Timer = { at: this.now() + delayMs, callback: () => end() && callback() };
    const ofMachine = setTimeout(timer.callback, delayMs);
    const end = (): boolean => {
      clearTimeout(ofMachine);
      return this.#timers.delete(timer);
    };
    this.#timers.add(timer);
    return end;
  }

  /** Fires what has come due, in its order. */
  moved(): void {
    const due = [...this.#timers].filter(({ at }) => at <= this.now()).toSorted((a, b) => a.at - b.at);
    for (const { callback } of due) callback();
  }
}
