import { ConfigurationError, submissionLifeMs } from '@seek-pass-kit/core';
import { outsideQuietHours, type QuietHours } from './quiet-hours.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** When learners are reminded. Leave it out, and nobody is. */
export interface ReminderOptions {
  /** The clocks that quiet hours go by: `Asia/Jakarta`. */
  readonly timeZone: string;
  /** Days after the claim mail on which those who have not claimed are reminded, from 1 to 365. Default 3, 7 and 14. */
  readonly afterDays?: readonly number[];
  /** Hours after a click on which those who have not finished at SEEK Pass are asked to, from 1 to 40, or `false`. Default 24. */
  readonly unfinishedAfterHours?: number | false;
  /** Default from 20 to 8 o'clock. */
  readonly quietHours?: QuietHours;
}

/** {@link ReminderOptions} with everything decided. */
export interface ReminderPlan {
  readonly timeZone: string;
  readonly afterDays: readonly number[];
  readonly unfinishedAfterHours: number | false;
  readonly quietHours: QuietHours;
}

/** @throws {ConfigurationError} `invalid_configuration`, naming the setting. */
export function readReminders(options: ReminderOptions): ReminderPlan {
  const {
    timeZone,
    afterDays = [3, 7, 14],
    unfinishedAfterHours = 24,
    quietHours = { from: 20, to: 8 },
  } = options;
  if (!isTimeZone(timeZone)) {
    throw new ConfigurationError('reminders.timeZone is not a time zone: write it like Asia/Jakarta.');
  }
  if (!afterDays.every((days) => isWhole(days, 1, 365))) {
    throw new ConfigurationError('reminders.afterDays must be whole days from 1 to 365, such as [3, 7, 14].');
  }
  if (unfinishedAfterHours !== false && !isWhole(unfinishedAfterHours, 1, 40)) {
    throw new ConfigurationError(
      'reminders.unfinishedAfterHours must be a whole number from 1 to 40, or false.',
    );
  }
  if (!isWhole(quietHours.from, 0, 23) || !isWhole(quietHours.to, 0, 23)) {
    throw new ConfigurationError(
      'reminders.quietHours must be full hours from 0 to 23, such as { from: 20, to: 8 }.',
    );
  }
  return {
    timeZone,
    afterDays: [...new Set(afterDays)].sort((a, b) => a - b),
    unfinishedAfterHours,
    quietHours,
  };
}

/** When the reminders after a claim mail are due, first one first. */
export function reminderTimes(plan: ReminderPlan, mailedAt: number): number[] {
  return plan.afterDays.map((days) => outside(plan, mailedAt + days * dayMs));
}

/** When to ask to finish what was clicked at `clickedAt`; `undefined`: never. */
export function unfinishedTime(plan: ReminderPlan, clickedAt: number): number | undefined {
  if (plan.unfinishedAfterHours === false) return undefined;
  return outside(plan, clickedAt + plan.unfinishedAfterHours * hourMs);
}

/** In the last hours before SEEK Pass deletes a submission nobody is hurried: the same link starts anew afterwards. */
const lastHoursMs = 6 * hourMs;

/** Whether it still makes sense to ask to finish a submission, at a time of SEEK Pass. */
export function canStillFinish(submittedAt: number, seekPassNow: number): boolean {
  return seekPassNow < submittedAt + submissionLifeMs - lastHoursMs;
}

/** The time itself, or the end of the quiet hours. */
export function outside({ quietHours, timeZone }: ReminderPlan, at: number): number {
  return outsideQuietHours(at, quietHours, timeZone);
}

/** Whoever was mailed about something else within this time is not reminded now. */
export const shortestPauseMs = 2 * dayMs;

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** Whether a text names a time zone. */
export function isTimeZone(text: unknown): text is string {
  if (typeof text !== 'string' || text === '') return false;
  try {
    Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
