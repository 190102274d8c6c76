import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDay, isMonth, isYear } from '../../src/credentials/calendar.ts';

describe('calendar', () => {
  test.each(['2024', '1000', '9999'])('%s is a year', (text) => expect(isYear(text)).toBe(true));
  test.each(['', '24', '0024', '20245', '2024 ', '２０２４', '2024\n'])('%j is no year', (text) =>
    expect(isYear(text)).toBe(false),
  );
  test.each(['2024-01', '2024-12'])('%s is a month', (text) => expect(isMonth(text)).toBe(true));
  test.each(['2024-00', '2024-13', '2024-1', '2024-01-01', '2024/01'])('%j is no month', (text) =>
    expect(isMonth(text)).toBe(false),
  );
  test.each(['2024-02-29', '2000-02-29', '2026-01-31', '2026-04-30'])('%s is a day', (text) =>
    expect(isDay(text)).toBe(true),
  );
  test.each([
    '2023-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-01-32',
    '2026-01-00',
    '2026-13-01',
    '2026-1-1',
    '01-02-2026',
    '2026-01-31T00:00:00Z',
    '2026-01-31\n',
    '',
  ])('%j is no day', (text) => expect(isDay(text)).toBe(false));

  test('agrees with Date about every day', () => {
    const part = (max: number) =>
      fc.integer({ min: 0, max }).map((number) => String(number).padStart(2, '0'));
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 9999 }), part(19), part(39), (year, month, day) => {
        const text = `${year}-${month}-${day}`;
        const date = new Date(`${text}T00:00:00Z`);
        const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
        expect(isDay(text)).toBe(real);
      }),
      { numRuns: 2_000 },
    );
  });
});
