import type { Clock } from '@seek-pass-kit/core';

/** Where the clock of every fixture stands at first. A whole second: the sandbox's `Date` header has no more. */
export const fixtureStart = Date.UTC(2026, 2, 2, 9);

/** Time stands still until it is moved; timers are the machine's, so that real sockets work. */
export class StandingClock implements Clock {
  #now: number;

  constructor(now: number = fixtureStart) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  setTimer(delayMs: number, callback: () => void): () => void {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  }
}
