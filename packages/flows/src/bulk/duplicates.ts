import { createHash } from 'node:crypto';
import { normalMailbox } from '../awards/mailbox.ts';
import type { Recipient } from '../awards/recipient.ts';
import type { Finding } from './finding.ts';

/** What of a row is compared with the rows before it. */
export interface ComparedRow {
  readonly row: number;
  readonly key: string;
  readonly recipient: Pick<Recipient, 'fullName' | 'email'>;
  /** Everything the row says, as one text. */
  readonly contents: string;
}

/** Remembers the rows of a file, some hundred bytes each, to notice what comes again although it should not. */
export class Duplicates {
  readonly #rowOfKey = new Map<string, number>();
  readonly #rowOfContents = new Map<string, number>();
  readonly #ownerOfEmail = new Map<string, { readonly row: number; readonly name: string }>();

  /** What is wrong with this row in view of the rows before it; a `field` is one of our columns. */
  check(row: ComparedRow): Finding[] {
    return [...this.#sameKey(row), ...this.#sameContents(row), ...this.#sharedEmail(row)];
  }

  /** Two awards of one key would be one submission: the second learner would get the first one's link. */
  #sameKey({ row, key }: ComparedRow): Finding[] {
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

  #sameContents({ row, contents }: ComparedRow): Finding[] {
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
  #sharedEmail({ row, recipient: { email, fullName } }: ComparedRow): Finding[] {
    if (email === '' || fullName === '') return [];
    const [key, owner] = [digest(normalMailbox(email)), digest(fullName)];
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

/** 96 bits: long enough that two texts never share it, short enough to remember one for each row. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest().toString('latin1', 0, 12);
}
