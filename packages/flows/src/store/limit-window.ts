/** When the window of `now` began, in milliseconds since the epoch. A window without end began with the epoch. */
export function startOfWindow(windowMs: number, now: number): number {
  return Number.isFinite(windowMs) ? now - (now % windowMs) : 0;
}

/** The length of a window as a whole number that a database column holds; `Infinity` becomes the largest. */
export function lengthOfWindow(windowMs: number): number {
  return Math.min(windowMs, Number.MAX_SAFE_INTEGER);
}
