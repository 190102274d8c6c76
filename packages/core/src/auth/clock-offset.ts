import type { Clock } from '../clock.ts';

/**
 * How far SEEK Pass's clock is from ours, measured by the `Date` header of its answers. SEEK Pass counts the 48 hours of a
 * submission by its own clock.
 */
export class ClockOffset {
  #header: string | undefined;
  #date = Number.NaN;
  #offsetMs: number | undefined;

  /** SEEK Pass's clock minus ours in milliseconds, to within about a second; `undefined` before the first answer. */
  get ms(): number | undefined {
    return this.#offsetMs;
  }

  /** Notes an answer. The header changes once a second, so it is seldom parsed. */
  observe(dateHeader: string | string[] | undefined, sentAt: number, clock: Clock): void {
    if (typeof dateHeader !== 'string') return;
    if (dateHeader !== this.#header) {
      this.#header = dateHeader;
      this.#date = Date.parse(dateHeader);
    }
    if (Number.isNaN(this.#date)) return;
    // The header drops the milliseconds: half a second is the best guess for them.
    this.#offsetMs = this.#date + 500 - (sentAt + clock.now()) / 2;
  }
}
