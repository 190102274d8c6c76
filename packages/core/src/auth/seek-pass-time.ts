import type { Clock } from '../clock.ts';

/**
 * The time by SEEK Pass's clock, by which it counts the 48 hours of a submission: measured by the `Date` header of its
 * answers.
 */
export interface SeekPassTime {
  /** SEEK Pass's clock minus ours in whole milliseconds, to within about a second; `undefined` before the first answer. */
  offsetMs(): number | undefined;
  /** In whole milliseconds since the epoch, as our own clock counts them; by it before the first answer. */
  now(): number;
  /** Notes an answer. */
  observe(dateHeader: string | string[] | undefined, sentAt: number): void;
}

/** Makes a {@link SeekPassTime}. */
export function createSeekPassTime(clock: Clock): SeekPassTime {
  let header: string | undefined;
  let date = Number.NaN;
  let offsetMs: number | undefined;
  return {
    offsetMs: () => offsetMs,
    now: () => clock.now() + (offsetMs ?? 0),
    observe(dateHeader, sentAt) {
      if (typeof dateHeader !== 'string') return;
      // It changes once a second, so it is seldom parsed.
      if (dateHeader !== header) {
        header = dateHeader;
        date = Date.parse(dateHeader);
      }
      // The header drops the milliseconds: half a second is the best guess for them.
      if (!Number.isNaN(date)) offsetMs = Math.round(date + 500 - (sentAt + clock.now()) / 2);
    },
  };
}
