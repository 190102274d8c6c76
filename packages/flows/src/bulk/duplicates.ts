import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';
import type { CsvHeader } from './csv-header.ts';

/** Remembers the rows of a file, a few bytes each, to notice what comes again although it should not. */
export class Duplicates {
  readonly #keyAt: number;
  readonly #emailAt: number;
  readonly #nameAt: number;
  readonly #rowOfKey = new Map<string, number>();
  readonly #rowOfContents = new Map<string, number>();
  readonly #ownerOfEmail = new Map<string, { readonly row: number; readonly name: string }>();

  constructor(header: CsvHeader) {
    this.#keyAt = header.names.indexOf('key');
    this.#emailAt = header.names.indexOf('email');
    this.#nameAt = header.names.indexOf('full_name');
  }

  /** What is wrong with this row in view of the rows before it. */
  check(row: number, cells: readonly string[]): Finding[] {
    return [
      ...this.#sameKey(row, cells),
      ...this.#sameContents(row, cells),
      ...this.#sharedEmail(row, cells),
    ];
  }

  /** Two awards of one key would be one submission: the second learner would get the first one's link. */
  #sameKey(row: number, cells: readonly string[]): Finding[] {
    const key = cells[this.#keyAt] ?? '';
    const earlier = key === '' ? undefined : seenBefore(this.#rowOfKey, key, row);
    if (earlier === undefined) return [];
    return [
      {
        severity: 'problem',
        field: 'key',
        code: 'duplicate_key',
        message: `key is the same as in row ${earlier}`,
        remedy: 'Give each award a key of its own, or remove the row.',
      },
    ];
  }

  #sameContents(row: number, cells: readonly string[]): Finding[] {
    const contents = JSON.stringify(cells.filter((_, at) => at !== this.#keyAt));
    const earlier = seenBefore(this.#rowOfContents, contents, row);
    if (earlier === undefined) return [];
    return [
      {
        severity: 'warning',
        field: '',
        code: 'duplicate_row',
        message: `The row says the same as row ${earlier}`,
        remedy: 'Remove the row, unless the person is to get the credential twice.',
      },
    ];
  }

  /** Often an address that was copied with the row above: the credential would go to the wrong person. */
  #sharedEmail(row: number, cells: readonly string[]): Finding[] {
    const email = (cells[this.#emailAt] ?? '').toLowerCase();
    const name = cells[this.#nameAt] ?? '';
    if (email === '' || name === '') return [];
    const [key, owner] = [digest(email), digest(name)];
    const earlier = this.#ownerOfEmail.get(key);
    if (earlier === undefined) this.#ownerOfEmail.set(key, { row, name: owner });
    if (earlier === undefined || earlier.name === owner) return [];
    return [
      {
        severity: 'warning',
        field: 'email',
        code: 'shared_email',
        message: `email is the same as in row ${earlier.row}, which has another name`,
        remedy: 'Check whose address it is: whoever opens the link first owns the credential.',
      },
    ];
  }
}

function seenBefore(rows: Map<string, number>, text: string, row: number): number | undefined {
  const key = digest(text);
  const earlier = rows.get(key);
  if (earlier === undefined) rows.set(key, row);
  return earlier;
}

/** Long enough that two texts never share it, short enough to remember one for each row. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 22);
}
