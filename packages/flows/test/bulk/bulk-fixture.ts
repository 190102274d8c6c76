import type { BulkFile } from '../../src/bulk/bulk-file.ts';
import type { RowOutcome } from '../../src/bulk/row-outcome.ts';
import { pieces } from './rows-of.ts';

export const header = 'key,full_name,email,issuer_name,microcredential_name,issue_date';

/** A name that nobody shares, without digits. */
export function nameOf(at: number): string {
  return `Wulan S${String(at).replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')}`;
}

/** What a test wants of one learner; the rest is made up from its number. */
export interface LearnerRow {
  readonly key?: string;
  readonly name?: string;
  readonly email?: string;
  readonly title?: string;
  readonly date?: string;
}

/** One row of a file of microcredentials. */
export function learnerRow(at: number, change: LearnerRow = {}): string {
  const { key, name, email, title, date } = {
    key: `WELD-${at}`,
    name: nameOf(at),
    email: `learner${at}@example.edu`,
    title: 'Underwater Welding, Level 2',
    date: '2026-02-20',
    ...change,
  };
  return `${key},${name},${email},Example University,"${title}",${date}`;
}

/** A file of these rows, below the header of microcredentials. */
export function bulkFile(rows: readonly string[], options: Omit<BulkFile, 'open'> = {}): BulkFile {
  const bytes = new TextEncoder().encode([header, ...rows, ''].join('\r\n'));
  return { type: 'microcredential', ...options, open: () => pieces(bytes) };
}

/** A file of this many good rows. */
export function learners(count: number, options: Omit<BulkFile, 'open'> = {}): BulkFile {
  return bulkFile(
    Array.from({ length: count }, (_, at) => learnerRow(at)),
    options,
  );
}

/** The codes of what was found in a row. */
export function codesOf({ findings }: Pick<RowOutcome, 'findings'>): string[] {
  return findings.map(({ code }) => code);
}
