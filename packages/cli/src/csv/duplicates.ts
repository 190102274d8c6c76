import { createHash } from 'node:crypto';
import type { Finding } from '../finding.ts';
import type { CsvHeader } from './csv-header.ts';

/** Remembers the rows of a file, a few bytes each, to notice one that comes again. */
export class Duplicates {
  readonly #keyAt: number;
  readonly #rowOfKey = new Map<string, number>();
  readonly #rowOfContents = new Map<string, number>();

  constructor(header: CsvHeader) {
    this.#keyAt = header.names.indexOf('key');
  }

  /** What is wrong with this row in view of the rows before it. */
  check(row: number, cells: readonly string[]): Finding[] {
    const findings: Finding[] = [];
    const key = cells[this.#keyAt] ?? '';
    if (key !== '') {
      const earlier = seenBefore(this.#rowOfKey, [key], row);
      if (earlier !== undefined) {
        findings.push({
          severity: 'problem',
          field: 'key',
          code: 'duplicate_key',
          message: `key is the same as in row ${earlier}`,
          remedy: 'Give each award a key of its own, or remove the row.',
        });
      }
    }
    const contents = cells.filter((_, at) => at !== this.#keyAt);
    const twin = seenBefore(this.#rowOfContents, contents, row);
    if (twin !== undefined && findings.length === 0) {
      findings.push({
        severity: 'warning',
        field: '',
        code: 'duplicate_row',
        message: `The row says the same as row ${twin}`,
        remedy: 'Remove the row, unless the person is to get the credential twice.',
      });
    }
    return findings;
  }
}

function seenBefore(rows: Map<string, number>, parts: readonly string[], row: number): number | undefined {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64').slice(0, 22);
  const earlier = rows.get(digest);
  if (earlier === undefined) rows.set(digest, row);
  return earlier;
}
