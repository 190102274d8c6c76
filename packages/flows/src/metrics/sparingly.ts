import type { Clock } from '@seek-pass-kit/core';
import { within } from '../node/within.ts';

/** Scrapes within this time share one look. */
const freshForMs = 10_000;
/** Looking takes one hundredth of the time at most. */
const restPerLook = 99;
/** A scrape is answered after that long, with what is known from before. */
const patienceMs = 2_000;

/**
 * Makes a look at the store that anybody may ask for at any time: it is taken again after ten seconds at the earliest, and the
 * longer it takes the more seldom, so that counting a million rows is a hundredth of one connection's time. `undefined`: the
 * store did not answer, or has not yet.
 */
export function sparingly<T>(clock: Clock, look: () => Promise<T>): () => Promise<T | undefined> {
  let known: T | undefined;
  let pending: Promise<T | undefined> | undefined;
  let nextAt = Number.NEGATIVE_INFINITY;

  const lookOnce = async (): Promise<T | undefined> => {
    const startedAt = clock.now();
    try {
      known = await look();
    } catch {
      known = undefined;
    }
    const endedAt = clock.now();
    nextAt = Math.max(startedAt + freshForMs, endedAt + (endedAt - startedAt) * restPerLook);
    pending = undefined;
    return known;
  };

  return async () => {
    if (pending === undefined && clock.now() >= nextAt) pending = lookOnce();
    if (pending !== undefined) await within(clock, patienceMs, pending);
    return known;
  };
}
