/**
 * Counters in windows of time, aligned to the epoch; `windowMs` of `Infinity` is one window for ever. The key names the
 * issuer, and is hashed by the caller where it is personal (an address).
 */
export interface Limits {
  /** Counts one in the current window of `key` if fewer than `limit` are in it. Atomic over all processes. */
  take(
    key: string,
    limit: number,
    windowMs: number,
    now: number,
  ): Promise<{ allowed: boolean; used: number }>;
  /** How many are in the current window, counting nothing. */
  used(key: string, windowMs: number, now: number): Promise<number>;
  /**
   * Takes the next turn of a rate that all processes share, in the order of asking. By the store's own clock: processes whose
   * clocks disagree share one.
   */
  turn(key: string, rate: SharedRate, patienceMs: number): Promise<Turn>;
  /** Gives no more turns of `key` that begin within the next `ms`. Never shortens an earlier pause. */
  pauseTurns(key: string, ms: number): Promise<void>;
}

/** Turns that are `everyMs` apart on average. What was missed, up to `slackMs`, may be made up for. */
export interface SharedRate {
  readonly everyMs: number;
  readonly slackMs: number;
}

/**
 * A turn that begins in `waitMs`, 0 for now; not `taken` when that is longer than the asker has patience: then nothing was
 * reserved, and asking again makes sense in `waitMs`.
 */
export interface Turn {
  readonly taken: boolean;
  readonly waitMs: number;
}
