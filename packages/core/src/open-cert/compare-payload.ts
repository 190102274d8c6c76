import { calendarDay, type Contents, issuerNames } from './contents.ts';
import type { TextKind } from './fold-text.ts';
import { compareTexts, type TextLikeness } from './likeness.ts';
import type { Likeness, OpenCertComparison, OpenCertPayload } from './report.ts';

const rank: Readonly<Record<Likeness, number>> = { exact: 0, likely: 1, review: 2, mismatch: 3 };
const notInDocument: TextLikeness = { result: 'review', reasons: ['not_in_document'] };

/** Compares what the payload says with what the document says, field by field. */
export function comparePayload(contents: Contents, payload: OpenCertPayload): readonly OpenCertComparison[] {
  const name = contents.get('name');
  const comparisons: OpenCertComparison[] = [];
  const compare = (field: keyof OpenCertPayload, by: (expected: string) => TextLikeness): void => {
    const expected = payload[field];
    if (typeof expected === 'string') comparisons.push({ field, ...by(expected) });
  };
  compare('full_name', (expected) => best(expected, [contents.get('recipient.name')], 'person'));
  compare('course_name', (expected) => best(expected, [name], 'title'));
  compare('microcredential_name', (expected) => best(expected, [name], 'title'));
  compare('education_provider', (expected) => best(expected, issuerNames(contents), 'title'));
  compare('issuer_name', (expected) => best(expected, issuerNames(contents), 'title'));
  compare('conferral_year', (expected) => compareYear(expected, contents));
  compare('issue_date', (expected) => compareDay(expected, contents));
  return comparisons;
}

/** A document can have several issuers; the one that agrees best is the one that is meant. */
function best(expected: string, found: readonly (string | undefined)[], kind: TextKind): TextLikeness {
  const likenesses = found.flatMap((text) =>
    text === undefined ? [] : [compareTexts(expected, text, kind)],
  );
  return likenesses.sort((a, b) => rank[a.result] - rank[b.result])[0] ?? notInDocument;
}

function compareYear(expected: string, contents: Contents): TextLikeness {
  const yearOf = (path: string) => calendarDay(contents.get(path))?.slice(0, 4);
  const graduation = yearOf('graduationDate');
  if (graduation === expected) return { result: 'exact', reasons: [] };
  const years = [graduation, yearOf('attainmentDate'), yearOf('issuedOn')].filter(
    (year) => year !== undefined,
  );
  if (years.length === 0) return notInDocument;
  // Conferral can be earlier than the certificate, or the year after the last exam.
  if (years.includes(expected)) return { result: 'likely', reasons: ['other_date'] };
  const isNear = years.some((year) => Math.abs(Number(year) - Number(expected)) === 1);
  return isNear
    ? { result: 'review', reasons: ['other_date'] }
    : { result: 'mismatch', reasons: ['different'] };
}

function compareDay(expected: string, contents: Contents): TextLikeness {
  const issued = calendarDay(contents.get('issuedOn'));
  if (issued === undefined) return notInDocument;
  if (issued === expected) return { result: 'exact', reasons: [] };
  const daysApart = Math.abs(Date.parse(issued) - Date.parse(expected)) / 86_400_000;
  // A day apart can be the time zone; a year, the date of another certificate.
  if (daysApart <= 1) return { result: 'likely', reasons: ['other_date'] };
  return daysApart <= 366
    ? { result: 'review', reasons: ['other_date'] }
    : { result: 'mismatch', reasons: ['different'] };
}
