import { openCsv } from '../../src/bulk/csv-rows.ts';
import type { SheetRow } from '../../src/bulk/sheet.ts';

/** Reads a text as a CSV file that arrives in pieces of `bytesAtOnce`; the header is its first row. */
export async function rowsOf(text: string | Uint8Array, bytesAtOnce = 65_536): Promise<SheetRow[]> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const { titles, rows } = await openCsv(pieces(bytes, bytesAtOnce));
  const all = [titles];
  for await (const row of rows) all.push(row);
  return all;
}

/** Bytes as they come from a disk or a network. */
export async function* pieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
