import { SandboxError } from '../sandbox-error.ts';

/** The clock as it is kept in a state file and shown in the control panel. */
export interface ClockState {
  /** Milliseconds since the epoch, as the sandbox sees it. */
  readonly now: number;
  readonly frozen: boolean;
  /** How far the sandbox is ahead of the machine, in milliseconds. */
  readonly aheadMs: number;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** The longest delay a Node timer holds; a longer wait is split. */
const longestNodeTimerMs = 2_147_483_647;

/**
 * SEEK Pass's clock, as the sandbox plays it: it runs with the machine, can be frozen, and is moved forward by hand
 * (`advance(48 h)`). It never goes back, because nothing in SEEK Pass does.
 */
export class SandboxClock {
  readonly #machineNow: () => number;
  #aheadMs = 0;
  #frozenAt: number | undefined;
  #timers: Timer[] = [];
  #nodeTimer: NodeJS.Timeout | undefined;
  readonly #moved = new Set<() => void>();

  constructor(machineNow: () => number = Date.now) {
    this.#machineNow = machineNow;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#frozenAt ?? this.#machineNow() + this.#aheadMs;
  }

  get state(): ClockState {
    return {
      now: this.now(),
      frozen: this.#frozenAt !== undefined,
      aheadMs: this.now() - this.#machineNow(),
    };
  }

  /** Stops the clock where it is, or at `at` (not before now). Throws `invalid_request` for a time in the past. */
  freeze(at?: number): void {
    const now = this.now();
    if (at !== undefined && (!Number.isFinite(at) || at < now)) {
      throw new SandboxError(
        'invalid_request',
        'The clock only moves forward: freeze it at a time that is not before "now".',
      );
    }
    this.#frozenAt = at ?? now;
    this.#afterMove();
  }

  /** Lets the clock run on from where it stands. */
  unfreeze(): void {
    if (this.#frozenAt === undefined) return;
    this.#aheadMs = this.#frozenAt - this.#machineNow();
    this.#frozenAt = undefined;
    this.#afterMove();
  }

  /** Moves the clock forward; what falls due on the way happens now. Throws `invalid_request` for a negative step. */
  advance(stepMs: number): void {
    if (!Number.isFinite(stepMs) || stepMs < 0) {
      throw new SandboxError(
        'invalid_request',
        'The clock only moves forward: advance it by zero or more milliseconds.',
      );
    }
    if (this.#frozenAt === undefined) this.#aheadMs += stepMs;
    else this.#frozenAt += stepMs;
    this.#afterMove();
  }

  /** Puts the clock back as a state file remembers it. */
  restore(state: { readonly frozenAt?: number | undefined; readonly aheadMs: number }): void {
    this.#aheadMs = state.aheadMs;
    this.#frozenAt = state.frozenAt;
    this.#afterMove();
  }

  /** Calls `callback` after every freeze, unfreeze and advance. */
  onMove(callback: () => void): void {
    this.#moved.add(callback);
  }

  /** Calls `callback` once the clock has moved on by `delayMs`; the returned function cancels it. */
  setTimer(delayMs: number, callback: () => void): () => void {
    const timer: Timer = { at: this.now() + delayMs, callback };
    this.#timers.push(timer);
    this.#timers.sort((a, b) => a.at - b.at);
    this.#arm();
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
      this.#arm();
    };
  }

  /** Drops every timer. */
  stop(): void {
    this.#timers = [];
    clearTimeout(this.#nodeTimer);
  }

  #afterMove(): void {
    this.#fireDue();
    for (const callback of this.#moved) callback();
  }

  #fireDue(): void {
    const now = this.now();
    const due = this.#timers.filter((timer) => timer.at <= now);
    this.#timers = this.#timers.filter((timer) => timer.at > now);
    for (const timer of due) timer.callback();
    this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#nodeTimer);
    const next = this.#timers[0];
    if (next === undefined || this.#frozenAt !== undefined) return;
    const wait = Math.min(Math.max(next.at - this.now(), 0), longestNodeTimerMs);
    this.#nodeTimer = setTimeout(() => this.#fireDue(), wait);
    this.#nodeTimer.unref();
  }
}
