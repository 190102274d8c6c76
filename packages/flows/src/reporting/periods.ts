import { type Day, daysAfter, firstOfMonth, firstOfNextMonth, mondayOf } from './calendar.ts';

/** How long a period is. */
export type ReportStep = 'day' | 'week' | 'month';

/** Some days, both ends included. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** Two years of days; more is no table that anybody reads. */
const mostPeriods = 800;

/**
 * The periods from one day to another. A week begins on Monday, a month on its first; the first and the last period are cut to
 * the days that were asked for.
 *
 * @throws {RangeError} when they are too many.
 */
export function periodsOf({ from, to }: Period, by: ReportStep): Period[] {
  const periods: Period[] = [];
  for (let first = from; first <= to; ) {
    if (periods.length === mostPeriods) {
      throw new RangeError(
        `A report has at most ${mostPeriods} periods: ask for fewer days, or for longer periods.`,
      );
    }
    const next = nextStart(first, by);
    const last = daysAfter(next, -1);
    periods.push({ from: first, to: last < to ? last : to });
    first = next;
  }
  return periods;
}

function nextStart(day: Day, by: ReportStep): Day {
  switch (by) {
    case 'day':
      return daysAfter(day, 1);
    case 'week':
      return daysAfter(mondayOf(day), 7);
    case 'month':
      return firstOfNextMonth(day);
  }
}

/** Where a report begins that nobody gave a beginning: thirteen periods, the last of which is not over. */
export function usualStart(to: Day, by: ReportStep): Day {
  switch (by) {
    case 'day':
      return daysAfter(to, -12);
    case 'week':
      return daysAfter(mondayOf(to), -12 * 7);
    case 'month':
      return firstOfMonth(daysAfter(firstOfMonth(to), -365));
  }
}
