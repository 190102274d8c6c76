import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf, daysAfter, firstOfNextMonth, isDay, mondayOf } from '../../src/reporting/calendar.ts';
import { periodsOf, usualStart } from '../../src/reporting/periods.ts';

test.each([
  ['UTC', '2026-03-01'],
  ['Asia/Jakarta', '2026-03-02'],
  ['Pacific/Auckland', '2026-03-02'],
  ['America/Lima', '2026-03-01'],
])('the day of a moment goes by the clocks of %s', (timeZone, day) => {
  expect(dayOf(Date.UTC(2026, 2, 1, 20), timeZone)).toBe(day);
});

test.each(['2026-02-29', '2026-13-01', '2026-1-1', 'today', '', '+02026-01-01', '2026-11-21T00:00'])(
  '%s is no day',
  (text) => {
    expect(isDay(text)).toBe(false);
  },
);

test('weeks begin on Monday, months on their first, over the ends of months and years', () => {
  expect(mondayOf('2026-11-21')).toBe('2026-11-16');
  expect(mondayOf('2026-11-16')).toBe('2026-11-16');
  expect(mondayOf('2027-01-03')).toBe('2026-12-28');
  expect(firstOfNextMonth('2026-12-31')).toBe('2027-01-01');
  expect(firstOfNextMonth('2028-02-01')).toBe('2028-03-01');
});

describe('periods', () => {
  test('are cut to the days that were asked for', () => {
    expect(periodsOf({ from: '2026-11-18', to: '2026-12-02' }, 'week')).toEqual([
      { from: '2026-11-18', to: '2026-11-22' },
      { from: '2026-11-23', to: '2026-11-29' },
      { from: '2026-11-30', to: '2026-12-02' },
    ]);
    expect(periodsOf({ from: '2026-01-31', to: '2026-03-01' }, 'month')).toEqual([
      { from: '2026-01-31', to: '2026-01-31' },
      { from: '2026-02-01', to: '2026-02-28' },
      { from: '2026-03-01', to: '2026-03-01' },
    ]);
  });

  test('are thirteen when nobody says when to begin', () => {
    for (const by of ['day', 'week', 'month'] as const) {
      for (const to of ['2026-11-21', '2026-03-01', '2028-02-29', '2026-12-31', '2027-01-01']) {
        expect(periodsOf({ from: usualStart(to, by), to }, by)).toHaveLength(13);
      }
    }
  });

  test('hold every day once', () => {
    fc.assert(
      fc.property(fc.nat(4000), fc.nat(700), fc.constantFrom('day', 'week', 'month'), (start, days, by) => {
        const from = daysAfter('2020-01-01', start);
        const to = daysAfter(from, days);
        const periods = periodsOf({ from, to }, by);
        expect(periods[0]?.from).toBe(from);
        expect(periods.at(-1)?.to).toBe(to);
        for (const [at, period] of periods.entries()) {
          expect(period.from <= period.to).toBe(true);
          if (at > 0) expect(period.from).toBe(daysAfter(periods[at - 1]?.to ?? '', 1));
        }
      }),
    );
  });

  test('are no more than anybody reads', () => {
    expect(() => periodsOf({ from: '2020-01-01', to: '2026-01-01' }, 'day')).toThrow(RangeError);
  });
});
