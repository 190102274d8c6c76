import type { Clock } from '../clock.ts';
import type { RateLimit } from '../options.ts';

/** How waiting for a turn ended. `paused`: SEEK Pass asked for more patience than the deadline allows. */
export type Turn = 'go' | 'aborted' | 'timeout' | 'paused';

interface Waiter {
  readonly deadlineAt: number;
  readonly settle: (turn: Turn) => void;
  next: Waiter | undefined;
  gone: boolean;
}

interface Lane {
  first: Waiter;
  last: Waiter;
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
  readonly #lanes = new Map<string, Lane>();
  #waiting = 0;
  #active = 0;
  #pausedUntil = 0;
  #tokens: number;
  #filledAt: number;
  #wakeAt = Infinity;
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
    if (this.#waiting === 0 && this.#takePlace()) return undefined;
    if (this.#pausedUntil > deadlineAt) return Promise.resolve('paused');
    return new Promise((resolve) => this.#queue(lane, signal, deadlineAt, resolve));
  }

  /** Gives the place back. */
  leave(): void {
    this.#active--;
    if (this.#waiting > 0) this.#serve();
  }

  /** Starts nothing before this time: SEEK Pass asked for it with `Retry-After`. */
  pauseUntil(time: number): void {
    if (time <= this.#pausedUntil) return;
    this.#pausedUntil = time;
    for (const lane of this.#lanes.values()) {
      for (let waiter: Waiter | undefined = lane.first; waiter !== undefined; waiter = waiter.next) {
        if (waiter.deadlineAt < time) waiter.settle('paused');
      }
    }
  }

  /** Until when nothing starts, in milliseconds since the epoch. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  #queue(
    lane: string,
    signal: AbortSignal | undefined,
    deadlineAt: number,
    resolve: (turn: Turn) => void,
  ): void {
    const onAbort = (): void => waiter.settle('aborted');
    const waiter: Waiter = {
      deadlineAt,
      next: undefined,
      gone: false,
      settle: (turn) => {
        if (waiter.gone) return;
        waiter.gone = true;
        this.#waiting--;
        stopTimer();
        signal?.removeEventListener('abort', onAbort);
        resolve(turn);
      },
    };
    const stopTimer = this.#clock.setTimer(Math.max(0, deadlineAt - this.#clock.now()), () =>
      waiter.settle('timeout'),
    );
    signal?.addEventListener('abort', onAbort);
    this.#waiting++;
    const queue = this.#lanes.get(lane);
    if (queue === undefined) {
      this.#lanes.set(lane, { first: waiter, last: waiter });
    } else {
      queue.last.next = waiter;
      queue.last = waiter;
    }
    this.#serve();
  }

  /** Serves waiters while there is room, one per lane in turn. */
  #serve(): void {
    while (this.#waiting > 0 && this.#takePlace()) {
      this.#nextWaiter()?.settle('go');
    }
  }

  /** Takes the waiter whose turn it is out of its lane. Only called while somebody waits. */
  #nextWaiter(): Waiter | undefined {
    for (const [name, lane] of this.#lanes) {
      this.#lanes.delete(name);
      let waiter: Waiter | undefined = lane.first;
      while (waiter?.gone === true) waiter = waiter.next;
      if (waiter === undefined) continue;
      if (waiter.next !== undefined) this.#lanes.set(name, { first: waiter.next, last: lane.last });
      return waiter;
    }
    return undefined;
  }

  #takePlace(): boolean {
    if (this.#active >= this.#concurrency) return false;
    if (this.#rate !== undefined || this.#pausedUntil !== 0) {
      const startAt = this.#mayStartAt();
      if (startAt > this.#clock.now()) {
        this.#wake(startAt);
        return false;
      }
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
    if (this.#stopWake !== undefined) {
      if (this.#wakeAt <= at && this.#wakeAt > this.#clock.now()) return;
      this.#stopWake();
    }
    this.#wakeAt = at;
    this.#stopWake = this.#clock.setTimer(at - this.#clock.now(), () => {
      this.#stopWake = undefined;
      this.#serve();
    });
  }
}
