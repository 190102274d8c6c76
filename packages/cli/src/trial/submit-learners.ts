import { createNamespace, SeekPassError, submissionId } from '@seek-pass-kit/core';
import type { SeekPass } from '@seek-pass-kit/core';
import { CommandError } from '../command-error.ts';
import { connect, inTermsOfSettings } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { connectionSettings } from '../connection-settings.ts';
import type { ReadyRow } from './read-learners.ts';

/** A learner whose credential is on its way. */
interface SubmittedRow {
  readonly row: ReadyRow;
  /** Id of the submission. */
  readonly id: string;
  /** Where the learner collects the credential: the link of SEEK Pass itself. */
  readonly link: string;
}

/** A learner who got no link. */
interface FailedRow {
  readonly row: ReadyRow;
  readonly code: string;
  readonly message: string;
}

/** What became of the rows, each group in the order of the file. */
export interface SubmittedLearners {
  readonly submitted: readonly SubmittedRow[];
  readonly failed: readonly FailedRow[];
}

/** Learners under way at once. */
const workers = 64;

/**
 * Submits every row, 64 at once, and tells `onDone` after each. An error that would meet every row
 * (a wrong setting, a refused secret) ends the run and is thrown as `CommandError`.
 */
export async function submitLearners(
  connection: Connection,
  rows: readonly ReadyRow[],
  onDone: () => void,
): Promise<SubmittedLearners> {
  const seekPass = connect(connection);
  // A namespace for this run only: a trial never meets the submissions of another.
  const namespace = createNamespace(connection);
  const submitted: SubmittedRow[] = [];
  const failed: FailedRow[] = [];
  const submit = async (row: ReadyRow): Promise<void> => {
    const id = submissionId({ prefix: 'TRY', namespace, key: `row ${row.row}`, version: 1, attempt: 1 });
    try {
      submitted.push({ row, id, link: await linkFor(seekPass, row, id) });
    } catch (error) {
      const fatal = inTermsOfSettings(error);
      if (fatal !== error || !SeekPassError.is(error)) throw fatal;
      if (submitted.length === 0 && neverAnswered(error)) throw nobodyThere(error);
      failed.push({ row, code: error.code, message: error.message });
    }
    onDone();
  };
  const waiting = rows.values();
  let ended = false;
  const work = async (): Promise<void> => {
    try {
      for (const row of waiting) {
        if (ended) return;
        await submit(row);
      }
    } catch (error) {
      ended = true;
      throw error;
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, work));
  } finally {
    await seekPass.close();
  }
  // Answers come in any order.
  return { submitted: submitted.sort(byRow), failed: failed.sort(byRow) };
}

/** Where one learner collects the credential. */
async function linkFor(seekPass: SeekPass, { credential }: ReadyRow, id: string): Promise<string> {
  const { redirectUri } = await seekPass.add({ credential, id });
  return redirectUri;
}

/** No answer at all, not even an error. */
function neverAnswered({ code, status }: SeekPassError): boolean {
  return code === 'unavailable' && status === undefined;
}

function nobodyThere(cause: SeekPassError): CommandError {
  return new CommandError(
    'no_answer',
    `Nothing answers at the address of SEEK Pass: check that the sandbox is running and that ${connectionSettings.baseUrl} is its address.`,
    { cause },
  );
}

function byRow(one: { readonly row: ReadyRow }, other: { readonly row: ReadyRow }): number {
  return one.row.row - other.row.row;
}
