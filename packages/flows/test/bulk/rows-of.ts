import { readCsvRows } from '../../src/bulk/csv-rows.ts';
import type { CsvRow } from '../../src/bulk/csv-rows.ts';

/** Reads a text as a CSV file that arrives in pieces of `bytesAtOnce`. */
export async function rowsOf(text: string | Uint8Array, bytesAtOnce = 65_536): Promise<CsvRow[]> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const rows: CsvRow[] = [];
  for await (const row of readCsvRows(pieces(bytes, bytesAtOnce))) rows.push(row);
  return rows;
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
