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
export class Limiter {
  readonly #concurrency: number;
  readonly #rate: Required<RateLimit> | undefined;
  readonly #clock: Clock;
  /** Lanes with waiters, the next one first: a lane that was served moves to the end. */
  readonly #lanes = new Map<string, Set<Waiter>>();
  #active = 0;
  #pausedUntil = 0;
  #tokens: number;
  #filledAt: number;
  #stopWake: (() => void) | undefined;

  constructor(concurrency: number, rate: RateLimit | undefined, clock: Clock) {
    this.#concurrency = concurrency;
    this.#clock = clock;
    this.#rate =
      rate === undefined
        ? undefined
        : { perSecond: rate.perSecond, burst: rate.burst ?? Math.ceil(rate.perSecond) };
    this.#tokens = this.#rate?.burst ?? 0;
    this.#filledAt = clock.now();
  }

  /** Takes a place, or waits for one. `undefined`: taken at once. Every `go` must be followed by {@link Limiter.leave}. */
  enter(lane: string, signal: AbortSignal | undefined, deadlineAt: number): Promise<Turn> | undefined {
    if (this.#lanes.size === 0 && this.#takePlace()) return undefined;
    if (this.#pausedUntil > deadlineAt) return Promise.resolve('paused');
    return this.#queue(lane, signal, deadlineAt);
  }

  /** Gives the place back. */
  leave(): void {
    this.#active--;
    if (this.#lanes.size > 0) this.#serve();
  }

  /** Starts nothing before this time: SEEK Pass asked for it with `Retry-After`. */
  pauseUntil(time: number): void {
    if (time <= this.#pausedUntil) return;
    this.#pausedUntil = time;
    for (const waiters of this.#lanes.values()) {
      for (const waiter of waiters) if (waiter.deadlineAt < time) waiter.end('paused');
    }
  }

  /** Until when nothing starts, in milliseconds since the epoch. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  #queue(lane: string, signal: AbortSignal | undefined, deadlineAt: number): Promise<Turn> {
    const waiters = this.#lanes.get(lane) ?? new Set<Waiter>();
    const { promise, end } = startWait<Turn>(this.#clock, deadlineAt - this.#clock.now(), signal, () => {
      waiters.delete(waiter);
      if (waiters.size === 0) this.#lanes.delete(lane);
    });
    const waiter: Waiter = { deadlineAt, end };
    waiters.add(waiter);
    this.#lanes.set(lane, waiters);
    this.#serve();
    return promise;
  }

  /** Serves waiters while there is room: the first of the first lane, which then goes to the end. */
  #serve(): void {
    for (const [lane, waiters] of this.#lanes) {
      if (!this.#takePlace()) {
        // With room in flight, it is time that is lacking. Nobody waits, no timer: it would hold up the end of the process.
        if (this.#active < this.#concurrency) this.#wake(this.#mayStartAt());
        return;
      }
      const [waiter] = waiters;
      this.#lanes.delete(lane);
      this.#lanes.set(lane, waiters);
      waiter?.end('go');
    }
  }

  #takePlace(): boolean {
    if (this.#active >= this.#concurrency) return false;
    if (this.#rate !== undefined || this.#pausedUntil !== 0) {
      const startAt = this.#mayStartAt();
      if (startAt > this.#clock.now()) return false;
    }
    if (this.#rate !== undefined) this.#tokens--;
    this.#active++;
    return true;
  }

  #mayStartAt(): number {
    const now = this.#clock.now();
    if (this.#pausedUntil > now) return this.#pausedUntil;
    this.#pausedUntil = 0;
    if (this.#rate === undefined) return now;
    const { perSecond, burst } = this.#rate;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) * perSecond) / 1000);
    this.#filledAt = now;
    return this.#tokens >= 1 ? now : now + Math.ceil(((1 - this.#tokens) * 1000) / perSecond);
  }

  #wake(at: number): void {
    this.#stopWake?.();
    this.#stopWake = this.#clock.setTimer(at - this.#clock.now(), () => this.#serve());
  }
}
