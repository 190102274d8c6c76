const hour = 3_600_000;
const day = 24 * hour;

/** The limits between two waits, in milliseconds: an hour to a year. */
export const waitLimits: readonly number[] = [
  hour,
  ...[1, 2, 3, 5, 7, 14, 30, 90, 365].map((days) => days * day),
];

/** Which wait this is from issuing to adding: the number of limits that it reached. */
export function waitOf(ms: number): number {
  return waitLimits.filter((limit) => ms >= limit).length;
}

/**
 * The shortest limit within which half of them were added, in milliseconds. `undefined`: nothing was, or half of them took longer
 * than every limit.
 *
 * @param countOf how many had this wait.
 */
export function halfWithin(countOf: (wait: number) => number): number | undefined {
  const counts = [...waitLimits.keys(), waitLimits.length].map(countOf);
  const all = counts.reduce((sum, count) => sum + count, 0);
  let within = 0;
  for (const [wait, limit] of waitLimits.entries()) {
    within += counts[wait] ?? 0;
    if (all > 0 && 2 * within >= all) return limit;
  }
  return undefined;
}
