import type { AwardInput } from '@seek-pass-kit/flows';
import { type CheckedRow, checkRows, type CheckRowsOptions } from '@seek-pass-kit/flows/bulk';
import { CommandError } from '../command-error.ts';
import { readBytes } from '../source-file.ts';

/** A row that can be awarded. */
export interface ReadyRow extends CheckedRow {
  readonly input: AwardInput;
}

/** The rows of a file, apart. */
export interface Learners {
  readonly ready: readonly ReadyRow[];
  readonly rejected: readonly CheckedRow[];
}

/** A trial keeps every learner in memory to show the table at its end. */
const mostRows = 10_000;

/** Reads and checks a whole file; stores and sends nothing. A row without a key gets one for this trial. */
export async function readLearners(file: string, options: CheckRowsOptions): Promise<Learners> {
  const ready: ReadyRow[] = [];
  const rejected: CheckedRow[] = [];
  for await (const row of checkRows(readBytes(file), options)) {
    const { credential, recipient } = row;
    const key = row.key === '' ? `row-${row.row}` : row.key;
    if (credential === undefined) rejected.push(row);
    else ready.push({ ...row, key, input: { key, recipient, credential } });
    if (ready.length + rejected.length > mostRows) {
      throw new CommandError(
        'wrong_usage',
        `${file} has more than ${mostRows} rows: a trial takes fewer, so give it a part of the file.`,
      );
    }
  }
  return { ready, rejected };
}
