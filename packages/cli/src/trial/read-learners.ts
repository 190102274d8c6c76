import type { Credential } from '@seek-pass-kit/core';
import { checkRows } from '@seek-pass-kit/flows/bulk';
import type { CheckedRow, CheckRowsOptions } from '@seek-pass-kit/flows/bulk';
import { CommandError } from '../command-error.ts';
import { readBytes } from '../source-file.ts';

/** A row that can be sent. */
export interface ReadyRow extends CheckedRow {
  readonly credential: Credential;
}

/** The rows of a file, apart. */
export interface Learners {
  readonly ready: readonly ReadyRow[];
  readonly rejected: readonly CheckedRow[];
}

/** A trial keeps every learner in memory to show the table at its end. */
const mostRows = 10_000;

/** Reads and checks a whole CSV file; sends nothing. */
export async function readLearners(file: string, options: CheckRowsOptions): Promise<Learners> {
  const ready: ReadyRow[] = [];
  const rejected: CheckedRow[] = [];
  for await (const row of checkRows(readBytes(file), options)) {
    if (row.credential === undefined) rejected.push(row);
    else ready.push({ ...row, credential: row.credential });
    if (ready.length + rejected.length > mostRows) {
      throw new CommandError(
        'wrong_usage',
        `${file} has more than ${mostRows} rows: a trial takes fewer, so give it a part of the file.`,
      );
    }
  }
  return { ready, rejected };
}
