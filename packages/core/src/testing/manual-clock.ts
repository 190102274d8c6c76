import type { Clock } from '../clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

/**
 * A clock for tests that stands still until it is moved. Timers fire in order when time reaches them; nothing sleeps.
 *
 * ```ts
 * const clock = new ManualClock();
 * const result = await clock.runUntilSettled(seekPass.add(input)); // all waits pass at once
 * ```
 */
export class ManualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #timers = new Set<Timer>();

  /** @param now Milliseconds since the epoch; default 2026-01-01T00:00:00Z. */
  constructor(now: number = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  setTimer(delayMs: number, callback: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, delayMs), order: this.#order++, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** How many timers wait. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** Moves time forward and fires what comes due on the way. */
  advance(ms: number): void {
    const target = this.#now + ms;
    for (let timer = this.#next(); timer !== undefined && timer.at <= target; timer = this.#next()) {
      this.#fire(timer);
    }
    this.#now = target;
  }

  /** Sets the time without firing anything: as if somebody turned the clock of the machine. */
  jumpTo(now: number): void {
    this.#now = now;
  }

  /**
   * Moves time from timer to timer until the promise settles, and gives its result. For code whose every wait is a timer of this clock:
   * with real sockets time would run away from them.
   */
  async runUntilSettled<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const note = (): void => {
      settled = true;
    };
    promise.then(note, note);
    for (let idle = 0; idle < 1000; ) {
      await new Promise((resolve) => setImmediate(resolve));
      if (settled) return promise;
      const timer = this.#next();
      if (timer === undefined) {
        idle++;
      } else {
        idle = 0;
        this.#fire(timer);
      }
    }
    throw new Error('The promise waits for something that is no timer of this ManualClock');
  }

  #next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (
        first === undefined ||
        timer.at < first.at ||
        (timer.at === first.at && timer.order < first.order)
      ) {
        first = timer;
      }
    }
    return first;
  }

  #fire(timer: Timer): void {
    this.#timers.delete(timer);
    this.#now = Math.max(this.#now, timer.at);
    timer.callback();
  }
}
