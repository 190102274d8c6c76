import { finding, type LintFinding } from './lint-finding.ts';

type DateText = string | null | undefined;

/** Compares two dates of SEEK Pass in the coarser of their formats: below zero when `a` is earlier. */
function compareDates(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  const [x, y] = [a.slice(0, length), b.slice(0, length)];
  return x < y ? -1 : Number(x > y);
}

/** A date of something that happened must not lie in the future. */
export function inFuture(field: string, date: DateText, today: string): LintFinding[] {
  if (typeof date !== 'string' || compareDates(date, today) <= 0) return [];
  return [
    finding(
      field,
      'future_date',
      'error',
      `${field} lies in the future`,
      'Send the credential when it has happened.',
    ),
  ];
}

/** A credential that has expired already is of little use to its holder. */
export function expired(date: DateText, today: string): LintFinding[] {
  if (typeof date !== 'string' || compareDates(date, today) >= 0) return [];
  return [
    finding(
      'expiry_date',
      'expired',
      'warning',
      'expiry_date has passed',
      'Send a credential that is still valid.',
    ),
  ];
}

/** `later` must not be before `earlier`. */
export function outOfOrder(
  earlierField: string,
  earlier: DateText,
  laterField: string,
  later: DateText,
): LintFinding[] {
  if (typeof earlier !== 'string' || typeof later !== 'string' || compareDates(earlier, later) <= 0)
    return [];
  return [
    finding(
      laterField,
      'dates_disagree',
      'error',
      `${laterField} is before ${earlierField}`,
      'Correct one of the two dates.',
    ),
  ];
}
