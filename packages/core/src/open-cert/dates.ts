import { invalid, unknown, valid } from './check.ts';
import { calendarDay, type Contents } from './contents.ts';
import type { OpenCertCheck } from './report.ts';

const dayMs = 86_400_000;

/**
 * Checks `issuedOn` and `expiresOn` by calendar day. Neither counts against a document on the day itself, nor a day
 * either way: its time zone is often not written.
 */
export function checkDates(contents: Contents, now: number): OpenCertCheck {
  const issuedOn = contents.get('issuedOn');
  const expiresOn = contents.get('expiresOn');
  if (issuedOn === undefined && expiresOn === undefined) {
    return unknown(
      'no_dates',
      'The document shows neither `issuedOn` nor `expiresOn`.',
      'Compare the date of issue with your records.',
    );
  }
  const issued = startOf(issuedOn);
  const expires = startOf(expiresOn);
  if (Number.isNaN(issued) || Number.isNaN(expires)) {
    return invalid(
      'bad_date',
      'The `issuedOn` or `expiresOn` of the document is not a date of the calendar.',
      'Write YYYY-MM-DD, with or without a time, and wrap the document again.',
    );
  }
  if (issued !== undefined && issued > now + dayMs) {
    return invalid(
      'issued_in_future',
      'The document is issued in the future.',
      'Send it when that day has come.',
    );
  }
  if (expires !== undefined && expires + 2 * dayMs < now) {
    return invalid('expired', 'The document has expired.', 'Issue a new one.');
  }
  return valid('The document is in force by its dates.');
}

/** Milliseconds; undefined when there is no date, NaN when it is none. */
function startOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(calendarDay(text) ?? 'none');
}
