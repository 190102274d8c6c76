import type { Finding } from './finding.ts';
import type { RowOutcome } from './row-outcome.ts';

/** How results are written. */
export interface ResultsCsvOptions {
  /** Default `,`. */
  readonly delimiter?: ',' | ';' | '\t';
  /** Begin with a byte order mark, by which Excel knows UTF-8. Default true. */
  readonly byteOrderMark?: boolean;
}

/** Writes results as CSV, piece by piece. Holds no claim link and no value of the file but the key. */
export interface ResultsCsv {
  /** The first line. */
  readonly header: () => string;
  /** The line of one row. */
  readonly line: (outcome: RowOutcome) => string;
}

/** The titles of the results, in their order. */
export const resultTitles = ['row', 'key', 'result', 'award_id', 'version', 'problems'] as const;

/** Makes a {@link ResultsCsv}. Every value is quoted where CSV needs it, and no spreadsheet takes one for a formula. */
export function resultsCsv({ delimiter = ',', byteOrderMark = true }: ResultsCsvOptions = {}): ResultsCsv {
  const line = (values: readonly string[]): string =>
    `${values.map((value) => csvCell(value, delimiter)).join(delimiter)}\r\n`;
  return {
    header: () => (byteOrderMark ? '\uFEFF' : '') + line(resultTitles),
    line: ({ row, key, result, awardId = '', version, findings }) =>
      line([
        String(row),
        key,
        result,
        awardId,
        version === undefined ? '' : String(version),
        sentencesOf(findings),
      ]),
  };
}

/** A value as a cell of CSV: neutral, and in quotes where it needs them. */
export function csvCell(value: string, delimiter: string): string {
  const text = neutral(value);
  const needsQuotes = text.includes(delimiter) || /["\r\n\t,;]|^\s|\s$/.test(text);
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Keeps spreadsheets from taking a text for a formula, by an apostrophe before what begins like one. Also before what has such an
 * apostrophe already, so that {@link fromNeutral} gives back exactly what was written.
 */
export function neutral(text: string): string {
  return /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
}

/** The text that {@link neutral} was given. */
export function fromNeutral(text: string): string {
  return /^'+[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? text.slice(1) : text;
}

function sentencesOf(findings: readonly Finding[]): string {
  return findings
    .map(({ field, message, remedy }) => `${field === '' ? '' : `${field}: `}${message}. ${remedy}`)
    .join(' | ');
}
