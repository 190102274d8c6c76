import { isDeepStrictEqual } from 'node:util';
import { proof } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { rowsOf } from './rows-of.ts';

// Neither what no text of a learner holds, nor the sign of a wrong conversion: both are refused, each with its own test.
const cell = fc
  .string({ unit: 'grapheme' })
  .map((text) => `x${text.replace(/[\0\uFFFD]/gu, '')}x`.normalize('NFC'));
const table = fc.array(fc.tuple(cell, cell), { minLength: 1 });

proof(
  'CSV: whatever is written with quotes is read back, in pieces of any size',
  { small: 100, full: 10_000 },
  async ({ size, seed }) => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, bytesAtOnce) => {
        const lines = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','));
        const read = await rowsOf(lines.join('\n'), bytesAtOnce);
        return isDeepStrictEqual(
          read.map(({ cells }) => cells),
          rows,
        );
      }),
      { seed, numRuns: size },
    );
  },
);
