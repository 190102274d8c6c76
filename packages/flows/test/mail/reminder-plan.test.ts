import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outsideQuietHours } from '../../src/mail/quiet-hours.ts';
import {
  canStillFinish,
  readReminders,
  reminderTimes,
  unfinishedTime,
} from '../../src/mail/reminder-plan.ts';

const hourMs = 3_600_000;
const night = { from: 20, to: 8 };

describe('quiet hours', () => {
  it.each([
    ['Asia/Jakarta', '2026-03-02T13:30:00Z', '2026-03-03T01:00:00Z'],
    ['Asia/Jakarta', '2026-03-02T00:59:59Z', '2026-03-02T01:00:00Z'],
    ['Asia/Jakarta', '2026-03-02T01:00:00Z', '2026-03-02T01:00:00Z'],
    ['Asia/Kolkata', '2026-03-02T15:00:00Z', '2026-03-03T02:30:00Z'],
    // The night in which the clocks are put back.
    ['Australia/Sydney', '2026-04-04T12:00:00Z', '2026-04-04T22:00:00Z'],
    // The one in which they are put forward.
    ['Australia/Sydney', '2026-10-03T12:00:00Z', '2026-10-03T21:00:00Z'],
  ])('in %s end at eight o’clock there: %s becomes %s', (timeZone, at, expected) => {
    expect(new Date(outsideQuietHours(Date.parse(at), night, timeZone)).toISOString()).toBe(
      new Date(expected).toISOString(),
    );
  });

  it('are never hit, at no time of any year in any zone, and no mail waits longer than they last', () => {
    const zones = [
      'Asia/Jakarta',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'America/St_Johns',
      'Europe/London',
      'Pacific/Apia',
    ];
    const hour = fc.integer({ min: 0, max: 23 });
    const at = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
    fc.assert(
      fc.property(at, hour, hour, fc.constantFrom(...zones), (time, from, to, timeZone) => {
        const moved = outsideQuietHours(time, { from, to }, timeZone);
        const local = Number(
          new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(moved),
        );
        const quiet = from < to ? local >= from && local < to : local >= from || local < to;
        expect(from !== to && quiet).toBe(false);
        expect(moved - time).toBeGreaterThanOrEqual(0);
        expect(moved - time).toBeLessThanOrEqual((((to - from + 24) % 24) + 2) * hourMs);
      }),
      { numRuns: 500 },
    );
  });

  it('from an hour to the same one are none', () => {
    expect(outsideQuietHours(5, { from: 3, to: 3 }, 'UTC')).toBe(5);
  });
});

describe('the plan of reminders', () => {
  const plan = readReminders({ timeZone: 'Asia/Jakarta' });

  it('is three, seven and fourteen days after the mail, by daylight', () => {
    const mailedAt = Date.parse('2026-03-02T14:00:00Z');
    expect(reminderTimes(plan, mailedAt).map((at) => new Date(at).toISOString().slice(0, 16))).toEqual([
      '2026-03-06T01:00',
      '2026-03-10T01:00',
      '2026-03-17T01:00',
    ]);
  });

  it('asks to finish a day after the click, and nobody in the last hours of a submission', () => {
    const clickedAt = Date.parse('2026-03-02T03:00:00Z');
    expect(unfinishedTime(plan, clickedAt)).toBe(clickedAt + 24 * hourMs);
    expect(unfinishedTime({ ...plan, unfinishedAfterHours: false }, clickedAt)).toBeUndefined();
    expect(canStillFinish(clickedAt, clickedAt + 41 * hourMs)).toBe(true);
    expect(canStillFinish(clickedAt, clickedAt + 42 * hourMs)).toBe(false);
  });

  it.each([
    { timeZone: 'Jakarta' },
    { timeZone: '' },
    { timeZone: 'UTC', afterDays: [0] },
    { timeZone: 'UTC', afterDays: [1.5] },
    { timeZone: 'UTC', unfinishedAfterHours: 47 },
    { timeZone: 'UTC', quietHours: { from: 20, to: 24 } },
  ])('refuses %j', (options) => {
    expect(() => readReminders(options)).toThrow(expect.objectContaining({ code: 'invalid_configuration' }));
  });
});
