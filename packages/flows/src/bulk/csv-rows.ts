import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { BulkError } from './bulk-error.ts';
import { decodeText, undecodable } from './decode-text.ts';
import { guessDelimiter } from './delimiter.ts';
import type { Sheet, SheetOptions, SheetRow } from './sheet.ts';

/** A row with more bytes than this has most likely lost a closing quote. */
const largestRow = 1024 * 1024;
/** Where the first line of a file must have ended; a longer one is no header. */
const longestHeader = 64 * 1024;

/**
 * Reads CSV row by row, so a file of any length needs the memory of one row: UTF-8, or UTF-16 with a byte order mark, any line ending,
 * line breaks inside quotes. Rows without any value are left out.
 *
 * @throws {BulkError} `bad_csv`, now or later, naming the row and never a value; `no_rows`.
 */
export async function openCsv(
  chunks: AsyncGenerator<Uint8Array>,
  options: SheetOptions = {},
): Promise<Sheet> {
  const { encoding, text } = await decodeText(chunks);
  const { line, all } = await firstLine(text);
  const delimiter = options.delimiter ?? guessDelimiter(line);
  const rows = readRows(all, delimiter);
  const titles = await rows.next();
  if (titles.done === true) {
    throw new BulkError('no_rows', 'The file has no rows: it needs a header and one row for each learner.');
  }
  return { format: { format: 'csv', encoding, delimiter }, titles: titles.value, rows };
}

async function* readRows(
  text: AsyncGenerator<string>,
  delimiter: string,
): AsyncGenerator<SheetRow, void, undefined> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: largestRow,
  });
  let isBroken = false;
  const watched = watch(text, () => {
    isBroken = true;
  });
  pipeline(Readable.from(watched), parser, () => undefined);
  // One row behind: the last one of a text that broke off is not whole.
  let held: SheetRow | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      if (held !== undefined) yield held;
      const cells = record.map((cell) => cell.trim().normalize('NFC'));
      held = cells.some((cell) => cell !== '') ? { row: rowOf(info), cells } : undefined;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (held !== undefined) yield held;
    const row = rowAfter(error);
    throw isBroken ? wrongEncoding(row) : malformed(error, row);
  }
  if (isBroken) throw wrongEncoding(held?.row ?? 1);
  if (held !== undefined) yield held;
}

/** The first line of a text, and the whole of it again. */
async function firstLine(
  text: AsyncGenerator<string>,
): Promise<{ readonly line: string; readonly all: AsyncGenerator<string> }> {
  let start = '';
  let ended = false;
  while (!ended && !/\S.*[\r\n]/.test(start) && start.length < longestHeader) {
    const next = await text.next();
    if (next.done === true) ended = true;
    else start += next.value;
  }
  async function* all(): AsyncGenerator<string> {
    yield start;
    yield* text;
  }
  return { line: /\S.*/.exec(start)?.[0] ?? '', all: all() };
}

async function* watch(text: AsyncGenerator<string>, onBroken: () => void): AsyncGenerator<string> {
  for await (const piece of text) {
    if (piece.endsWith(undecodable)) onBroken();
    yield piece;
  }
}

/** What the parser gives with its option `info`. */
interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: CsvInfo;
}

/** What the parser counts; its errors carry it too. */
interface CsvInfo {
  readonly records: number;
  readonly empty_lines: number;
}

/** The row that a spreadsheet shows for the last record. */
function rowOf({ records, empty_lines: emptyRows }: CsvInfo): number {
  return records + emptyRows;
}

/** The row that the parser was in when it failed. */
function rowAfter(error: CsvError & Partial<CsvInfo>): number {
  return rowOf({ records: error.records ?? 0, empty_lines: error.empty_lines ?? 0 }) + 1;
}

function wrongEncoding(row: number): BulkError {
  return new BulkError(
    'bad_csv',
    `Row ${row} is not in UTF-8, or holds the sign � of a wrong conversion: in the spreadsheet choose "Save as" and "CSV UTF-8".`,
  );
}

/** The parser's own messages quote the file, so none of them goes on. */
function malformed(error: CsvError, row: number): BulkError {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new BulkError(
        'bad_csv',
        `The quote that opens in row ${row} is never closed: add the missing ".`,
      );
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return new BulkError(
        'bad_csv',
        `Row ${row} has a " in the middle of a value: put the whole value in quotes and write "" for each " inside it.`,
      );
    case 'CSV_MAX_RECORD_SIZE':
      return new BulkError('bad_csv', `Row ${row} is longer than 1 MiB: look for a " that is never closed.`);
    default:
      return new BulkError(
        'bad_csv',
        `Row ${row} cannot be read as CSV: save the file as "CSV UTF-8" again.`,
      );
  }
}
