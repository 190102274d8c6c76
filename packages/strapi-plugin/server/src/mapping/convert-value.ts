import type { AwardValue, DateFormat } from '@seek-pass-kit/flows/bulk';
import { readDate } from '@seek-pass-kit/flows/bulk';
import type { SourceKind, TargetKind } from '../../../contract/mapping.ts';

/** A value that fits its target, or what is wrong with it: goes on after the name of its field. */
export type Conversion = { readonly value: AwardValue } | { readonly wrong: string; readonly remedy: string };

/** How dates are read. */
export interface DateReading {
  readonly timeZone?: string;
  readonly dateFormat?: DateFormat;
}

/**
 * Turns a value of the site into one for a target. Never throws, whatever the value is. A value that is no date or yes or no, although its field
 * says so, is not passed on.
 */
export function convertValue(
  value: unknown,
  from: SourceKind,
  to: TargetKind,
  dates: DateReading,
): Conversion {
  const text = textOf(value, from, dates);
  if (typeof text !== 'string') return text;
  switch (to) {
    case 'boolean':
      return from === 'number' ? notYesOrNo : booleanOf(value, text);
    case 'year':
      return { value: from !== 'text' && from !== 'number' ? text.slice(0, 4) : yearOf(text) };
    case 'date':
      return from === 'boolean' || from === 'number' ? notADate : { value: dateOf(text, from, dates) };
    case 'list':
      return from === 'boolean' ? notAText : { value: [text] };
    default:
      return from === 'boolean' ? notAText : { value: text };
  }
}

const notAText = {
  wrong: 'is yes or no, which says nothing as a text',
  remedy: 'Choose a field with a text.',
};
const notYesOrNo = {
  wrong: 'is neither yes nor no',
  remedy: 'Choose a yes-or-no field, or a text field that says yes, no, true or false.',
};
const notADate = { wrong: 'is no date', remedy: 'Choose a date field.' };
const unreadable = { wrong: 'has a value that cannot be read', remedy: 'Enter it again and publish.' };

/** The text of a single value, as a template shows it. */
export function textOf(
  value: unknown,
  from: SourceKind,
  dates: DateReading,
): string | Exclude<Conversion, { value: unknown }> {
  if (from === 'moment') return dayIn(value, dates.timeZone);
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Date && from === 'day' && !Number.isNaN(value.getTime()))
    return value.toISOString().slice(0, 10);
  return unreadable;
}

/** The day that it is at a moment in a time zone. */
function dayIn(value: unknown, timeZone: string | undefined): ReturnType<typeof textOf> {
  if (timeZone === undefined || !isTimeZone(timeZone)) {
    return {
      wrong: 'has a time, and the mapping does not say in which time zone its day is meant',
      remedy: 'Choose the time zone in the mapping.',
    };
  }
  const moment = value instanceof Date ? value : typeof value === 'string' ? new Date(value) : undefined;
  if (moment === undefined || Number.isNaN(moment.getTime())) return unreadable;
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(moment);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** Whether this machine knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const booleans = new Map([
  ['true', true],
  ['yes', true],
  ['false', false],
  ['no', false],
]);

function booleanOf(value: unknown, text: string): Conversion {
  const read = typeof value === 'boolean' ? value : booleans.get(text.toLowerCase());
  return read === undefined ? notYesOrNo : { value: read };
}

/** A text or a number may be a year, or a whole date. */
function yearOf(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text.slice(0, 4) : text;
}

function dateOf(text: string, from: SourceKind, { dateFormat = 'YYYY-MM-DD' }: DateReading): string {
  return from === 'text' ? readDate(text, dateFormat) : text;
}
