import { isDeepStrictEqual } from 'node:util';
import { proof } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSheet } from '../../src/bulk/open-sheet.ts';
import { csvCell, fromNeutral, neutral, resultsCsv } from '../../src/bulk/results-csv.ts';
import type { RowOutcome } from '../../src/bulk/row-outcome.ts';
import { pieces } from './rows-of.ts';

const formula = /^[=+\-@\t\r\n]/;
const awkward = fc.string({ unit: fc.constantFrom(...Array.from('=+-@\t\r\n"\',; aA0é＝😀')) });
const anyText = fc.oneof(awkward, fc.string({ unit: 'grapheme' }));

proof(
  'results: no cell begins like a formula, and every text comes back as it was',
  { small: 2_000, full: 200_000 },
  ({ size, seed }) => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cell = neutral(text);
        return !formula.test(cell) && fromNeutral(cell) === text && neutral(cell).length >= cell.length;
      }),
      { seed, numRuns: size },
    );
  },
);

const key = anyText.map((text) =>
  `${text.replaceAll(/[\0\uFEFF\uFFFD\uD800-\uDFFF]/g, '')}x`.trim().normalize('NFC'),
);
const outcome = fc.record({
  row: fc.nat(),
  key,
  result: fc.constantFrom('created', 'unchanged', 'refused'),
  awardId: fc.constant('8mZ'),
  version: fc.nat(),
  findings: fc.array(
    fc.record({
      severity: fc.constant('problem'),
      field: key,
      code: fc.constant('bad_date'),
      message: key,
      remedy: fc.constant('Write it.'),
    }),
    { maxLength: 2 },
  ),
}) as fc.Arbitrary<RowOutcome>;

proof(
  'results: written as CSV and read again, every value is the same',
  { small: 200, full: 20_000 },
  async ({ size, seed }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(outcome, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(',' as const, ';' as const, '\t' as const),
        fc.boolean(),
        async (outcomes, delimiter, byteOrderMark) => {
          const csv = resultsCsv({ delimiter, byteOrderMark });
          const bytes = Buffer.from(csv.header() + outcomes.map(csv.line).join(''));
          const { titles, rows } = await openSheet(pieces(bytes), {});
          const keyAt = titles.cells.indexOf('key');
          const read: string[] = [];
          for await (const { cells } of rows) read.push(fromNeutral(cells[keyAt] ?? ''));
          return isDeepStrictEqual(
            read,
            outcomes.map((one) => one.key),
          );
        },
      ),
      { seed, numRuns: size },
    );
  },
);

test.each([
  ['=HYPERLINK("https://example.org")', `"'=HYPERLINK(""https://example.org"")"`],
  ['-1', "'-1"],
  ['a,b', '"a,b"'],
  ['a"b', '"a""b"'],
  ["O'Brien", "O'Brien"],
  [' x', '" x"'],
  ['＝1', "'＝1"],
])('%s is written as %s', (text, cell) => {
  expect(csvCell(text, ',')).toBe(cell);
});

test('a result names row, key, award and reasons, and nothing that opens an award', () => {
  const { header, line } = resultsCsv();
  const findings = [
    {
      severity: 'problem',
      field: 'Issued on',
      code: 'bad_date',
      message: 'is no date',
      remedy: 'Correct it.',
    },
  ] as const;
  expect(header()).toBe('\uFEFFrow,key,result,award_id,version,problems\r\n');
  expect(line({ row: 2, key: 'A', result: 'created', awardId: '8mZ', version: 1, findings: [] })).toBe(
    '2,A,created,8mZ,1,\r\n',
  );
  expect(line({ row: 3, key: 'B', result: 'refused', findings })).toBe(
    '3,B,refused,,,Issued on: is no date. Correct it.\r\n',
  );
});
