import type { Clock } from '@seek-pass-kit/core';

/** Scrapes within this time share one look. */
const freshForMs = 10_000;
/** Looking takes one hundredth of the time at most. */
const restPerLook = 99;

/** A look at the store that anybody may ask for at any time. */
export interface SparingLook<T> {
  /** Looks again, if it is time. It ends when the look does, also when that was begun by somebody else, and never rejects. */
  readonly refresh: () => Promise<void>;
  /** What was seen last; `undefined` before the first look, and when the last one failed. */
  readonly seen: () => T | undefined;
}

/**
 * Makes a {@link SparingLook}: it is taken again after ten seconds at the earliest, and the longer it takes the more seldom, so that counting
 * a million rows is a hundredth of one connection's time.
 */
export function sparingly<T>(clock: Clock, look: () => Promise<T>): SparingLook<T> {
  let last: T | undefined;
  let pending: Promise<void> | undefined;
  let nextAt = Number.NEGATIVE_INFINITY;

  const lookOnce = async (): Promise<void> => {
    const startedAt = clock.now();
    last = await look().catch(() => undefined);
    const endedAt = clock.now();
    nextAt = Math.max(startedAt + freshForMs, endedAt + (endedAt - startedAt) * restPerLook);
    pending = undefined;
  };

  return {
    async refresh() {
      if (pending === undefined && clock.now() >= nextAt) pending = lookOnce();
      await pending;
    },
    seen: () => last,
  };
}
