import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { BulkError } from './bulk-error.ts';

/** A row as a spreadsheet shows it. */
export interface CsvRow {
  /** As a spreadsheet counts: the header is row 1, empty rows count. */
  readonly row: number;
  /** White space around a value is taken away; accents written as characters of their own are joined to their letter (NFC). */
  readonly cells: readonly string[];
}

/** How a file is read. */
export interface CsvOptions {
  /** What stands between two values. Default `,`. */
  readonly delimiter?: string;
}

/** A row with more bytes than this has most likely lost a closing quote. */
const largestRow = 1024 * 1024;

/**
 * Reads CSV row by row, so a file of any length needs the memory of one row: UTF-8 with or without a byte order mark, any line ending, line
 * breaks inside quotes. Rows without any value are left out. Throws `BulkError` with code `bad_csv` that names the row and never a
 * value.
 */
export async function* readCsvRows(
  chunks: AsyncIterable<Uint8Array>,
  options: CsvOptions = {},
): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter: options.delimiter ?? ',',
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: largestRow,
  });
  let lastRow = 0;
  pipeline(Readable.from(decodeUtf8(chunks, () => lastRow + 1)), parser, () => undefined);
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      lastRow = rowOf(info);
      const cells = record.map((cell) => cell.trim().normalize('NFC'));
      if (cells.some((cell) => cell !== '')) yield { row: lastRow, cells };
    }
  } catch (error) {
    throw error instanceof CsvError ? malformed(error) : error;
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

async function* decodeUtf8(chunks: AsyncIterable<Uint8Array>, row: () => number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decoded = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw new BulkError(
        'bad_csv',
        `The file is not in UTF-8 (at or after row ${row()}): in the spreadsheet choose "Save as" and "CSV UTF-8".`,
      );
    }
  };
  for await (const chunk of chunks) yield decoded(chunk);
  yield decoded();
}

/** The parser's own messages quote the file, so none of them goes on. */
function malformed(error: CsvError & Partial<CsvInfo>): BulkError {
  const row = rowOf({ records: error.records ?? 0, empty_lines: error.empty_lines ?? 0 }) + 1;
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
