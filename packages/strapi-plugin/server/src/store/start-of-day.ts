import { dayOf } from '@seek-pass-kit/flows/store';

const quarterMs = 15 * 60_000;
/** No clock is further from UTC than this, with a day to spare. */
const reachQuarters = (2 * 24 * 3_600_000) / quarterMs;

/** When a day, `2026-11-21`, begins by the clocks of a time zone: on a quarter of an hour, as it does everywhere. */
export function startOfDay(day: string, timeZone: string): number {
  const noon = Date.parse(`${day}T12:00:00Z`);
  let before = noon / quarterMs - reachQuarters;
  let reached = noon / quarterMs + reachQuarters;
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2);
    if (dayOf(middle * quarterMs, timeZone) < day) before = middle;
    else reached = middle;
  }
  return reached * quarterMs;
}
