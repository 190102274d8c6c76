import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { resultsCsv, type RowOutcome } from '@seek-pass-kit/flows/bulk';
import { CommandError } from '../command-error.ts';
import { unreadable } from '../source-file.ts';

/** A file that gets a line for every row. */
export interface ResultsFile {
  readonly add: (outcome: RowOutcome) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Text that is kept before it is written. */
const bufferedCharacters = 64 * 1024;

/**
 * Opens the file of results, or stands in for it when none is wanted. The rows of the canary are told twice: the first
 * `canary` lines are the ones that count.
 *
 * @throws {CommandError} `wrong_usage` when it is the file that is issued, `unreadable_file` when it cannot be written.
 */
export async function openResultsFile(
  path: string | undefined,
  { issued, canary }: { readonly issued: string; readonly canary: number },
): Promise<ResultsFile> {
  if (path === undefined) return { add: () => Promise.resolve(), close: () => Promise.resolve() };
  if (resolve(path) === resolve(issued)) {
    throw new CommandError('wrong_usage', '--results names the file that is issued: name another one.');
  }
  const handle = await open(path, 'w').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const { header, line } = resultsCsv();
  const first = new Set<number>();
  let text = header();
  const flush = async (): Promise<void> => {
    await handle.writeFile(text);
    text = '';
  };
  return {
    async add(outcome) {
      if (first.has(outcome.row)) return;
      if (first.size < canary) first.add(outcome.row);
      text += line(outcome);
      if (text.length > bufferedCharacters) await flush();
    },
    async close() {
      await flush();
      await handle.close();
    },
  };
}
