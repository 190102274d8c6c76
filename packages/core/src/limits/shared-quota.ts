/**
 * A limit on requests that several processes share, where `rate` is one of each process. Implement it over what they have in common;
 * `sharedQuota` of `@seek-pass-kit/flows` does over its store. One that throws is reported through `onEvent` and gone around.
 */
export interface SharedQuota {
  /**
   * Takes the turn of one request, retries included. `taken`: it may start in `waitMs` milliseconds, 0 for now, at most
   * `patienceMs`. Otherwise nothing was taken and the client asks again in `waitMs`, if its deadline allows.
   *
   * @param lane of the call: lets some go before others.
   */
  turn(lane: string, patienceMs: number): Promise<QuotaTurn>;
  /** SEEK Pass answered 429 with `Retry-After`: no turn of anybody begins within the next `ms`. */
  pause(ms: number): Promise<void>;
}

/** When a request may start. */
export interface QuotaTurn {
  readonly taken: boolean;
  readonly waitMs: number;
}
