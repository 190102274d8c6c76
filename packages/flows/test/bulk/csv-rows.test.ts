import { expect, test } from 'vitest';
import { BulkError } from '../../src/bulk/bulk-error.ts';
import { openCsv } from '../../src/bulk/csv-rows.ts';
import { rowsOf } from './rows-of.ts';

const awkward = '\uFEFFname,note\r\n"O\'Brien, Jr.","line\r\nbreak"\r\n\r\n,\r\nวุฒิ, spaced \r\n';

test.each([1, 2, 3, 7, 65_536])('reads the same rows in pieces of %i bytes', async (size) => {
  expect(await rowsOf(awkward, size)).toEqual([
    { row: 1, cells: ['name', 'note'] },
    { row: 2, cells: ["O'Brien, Jr.", 'line\r\nbreak'] },
    { row: 5, cells: ['วุฒิ', 'spaced'] },
  ]);
});

test('accents written apart are joined to their letters, as in every other version of the name', async () => {
  expect(await rowsOf('Rene\u0301e')).toEqual([{ row: 1, cells: ['Ren\u00E9e'] }]);
});

test('line endings may be mixed, and rows keep the numbers a spreadsheet shows', async () => {
  expect((await rowsOf('a\n1\r\n2\r\n\n3\r4')).map(({ row, cells }) => [row, cells[0]])).toEqual([
    [1, 'a'],
    [2, '1'],
    [3, '2'],
    [5, '3'],
    [6, '4'],
  ]);
});

const latin1 = Uint8Array.from(Buffer.from('name\nZo\u00EB\n', 'latin1'));

test.each([
  ['a quote that never closes', 'a,b\n1,"secret name\n', 'row 2'],
  ['a quote inside a value', 'a,b\n1,2\n1,secret "name"\n', 'Row 3'],
  ['text after a closing quote', 'a,b\n"secret"name,2\n', 'Row 2'],
  ['a row without an end', `a\n"${'secret '.repeat(200_000)}`, 'Row 2'],
  ['bytes that are not UTF-8', latin1, 'Row 2'],
])('%s stops with the row and without a value', async (_, text, place) => {
  const error: unknown = await rowsOf(text).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BulkError);
  expect(error).toMatchObject({ code: 'bad_csv', message: expect.stringContaining(place) });
  expect(String(error)).not.toMatch(/secret|Zo/);
});

test('a long file needs the memory of a row: it is read as fast as its rows are taken', async () => {
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    const line = new TextEncoder().encode(`${'x'.repeat(1000)}\n`);
    for (;;) {
      given += 1;
      yield line;
    }
  }
  let taken = 0;
  for await (const _ of (await openCsv(endless())).rows) {
    taken += 1;
    if (taken === 5000) break;
  }
  expect(given - taken).toBeLessThan(500);
});
