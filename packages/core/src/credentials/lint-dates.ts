import { finding, type LintFinding } from './lint-finding.ts';

type DateText = string | null | undefined;

/** Whether `a` comes before `b`, in the coarser of their formats. False when one is absent. */
function isBefore(a: DateText, b: DateText): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.slice(0, b.length) < b.slice(0, a.length);
}

/** A date of something that happened must not lie in the future. */
export function inFuture(field: string, date: DateText, today: string): LintFinding[] {
  return isBefore(today, date)
    ? [
        finding(
          field,
          'future_date',
          'error',
          'lies in the future',
          'Send it once it has happened, or correct the date.',
        ),
      ]
    : [];
}

/** A credential that has expired already is of little use to its holder. */
export function expired(date: DateText, today: string): LintFinding[] {
  return isBefore(date, today)
    ? [finding('expiry_date', 'expired', 'warning', 'has passed', 'Send a credential that is still valid.')]
    : [];
}

/** `field` must not be before `earlierField`. */
export function outOfOrder(
  earlierField: string,
  earlier: DateText,
  field: string,
  date: DateText,
): LintFinding[] {
  return isBefore(date, earlier)
    ? [
        finding(
          field,
          'dates_disagree',
          'error',
          `is before ${earlierField}`,
          'Correct one of the two dates.',
        ),
      ]
    : [];
}
