import { BulkError } from './bulk-error.ts';
import { openSheet } from './open-sheet.ts';
import { fromNeutral, resultTitles } from './results-csv.ts';

/**
 * The keys that were refused, from the results of an earlier run: give them as `only` of the file, and nothing else of it is
 * looked at. Rows that have no key cannot be found again by it.
 *
 * @throws {BulkError} `bad_header` when the file does not hold results.
 */
export async function refusedKeys(chunks: AsyncIterable<Uint8Array>): Promise<Set<string>> {
  const { titles, rows } = await openSheet(chunks, {});
  const [keyAt, resultAt] = [titles.cells.indexOf('key'), titles.cells.indexOf('result')];
  if (keyAt < 0 || resultAt < 0) {
    throw new BulkError(
      'bad_header',
      `The file does not hold results: give one that a run wrote, with the columns ${resultTitles.join(', ')}.`,
    );
  }
  const keys = new Set<string>();
  for await (const { cells } of rows) {
    const key = fromNeutral(cells[keyAt] ?? '');
    if (cells[resultAt] === 'refused' && key !== '') keys.add(key);
  }
  return keys;
}
