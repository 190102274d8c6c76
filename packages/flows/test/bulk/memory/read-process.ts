/** Run by bombs.proof.test.ts: reads the rows of a file, and says how many, what stopped it, and its largest memory. */
import { createReadStream } from 'node:fs';
import { openSheet } from '../../../src/bulk/open-sheet.ts';
import { peakMemoryMb } from './peak-memory.ts';
import { BulkError } from '../../../src/bulk/bulk-error.ts';

const [, , path = ''] = process.argv;
let rows = 0;
let code = 'none';
try {
  const sheet = await openSheet(createReadStream(path) as AsyncIterable<Uint8Array>, {});
  for await (const _ of sheet.rows) rows += 1;
} catch (error) {
  code = BulkError.is(error) ? error.code : String(error);
}
process.stdout.write(JSON.stringify({ rows, code, peakMb: peakMemoryMb() }));
