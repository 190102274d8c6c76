import { isMailbox } from '../awards/mailbox.ts';
import { BulkError } from './bulk-error.ts';
import { openCsv } from './csv-rows.ts';
import type { Sheet, SheetOptions } from './sheet.ts';

/**
 * Opens a file of rows, whatever its name: a workbook is a ZIP archive and starts like one, everything else is read as CSV.
 *
 * @throws {BulkError} `bad_csv`, `bad_workbook`, `no_rows`; `bad_header` for a file without titles.
 */
export async function openSheet(chunks: AsyncIterable<Uint8Array>, options: SheetOptions): Promise<Sheet> {
  const sheet = await open(chunks, options);
  if (!sheet.titles.cells.some(isMailbox)) return sheet;
  await sheet.rows.return();
  // Without titles the first learner would stand in their place, and in every message about them.
  throw new BulkError(
    'bad_header',
    'The first row holds an address, not titles: write the titles of the columns above it.',
  );
}

async function open(chunks: AsyncIterable<Uint8Array>, options: SheetOptions): Promise<Sheet> {
  const { start, all } = await peek(chunks, 8);
  if (startsWith(start, 'PK\x03\x04')) {
    const { openWorkbook } = await import('./xlsx/open-workbook.ts');
    return openWorkbook(all, options);
  }
  if (startsWith(start, '\xD0\xCF\x11\xE0')) {
    throw new BulkError(
      'bad_workbook',
      'The file is a workbook of an old Excel (.xls), or one that is protected by a password: save it as .xlsx without a password.',
    );
  }
  return openCsv(all, options);
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes).toString('latin1').startsWith(text);
}

/** The first bytes of a file, and the whole of it again. */
async function peek(
  chunks: AsyncIterable<Uint8Array>,
  length: number,
): Promise<{ readonly start: Uint8Array; readonly all: AsyncGenerator<Uint8Array, void, undefined> }> {
  const rest = chunks[Symbol.asyncIterator]();
  let start: Uint8Array = Buffer.alloc(0);
  let ended = false;
  while (start.length < length && !ended) {
    const next = await rest.next();
    if (next.done === true) ended = true;
    else start = Buffer.concat([start, next.value]);
  }
  async function* all(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield start;
      for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
    } finally {
      await rest.return?.();
    }
  }
  return { start, all: all() };
}
