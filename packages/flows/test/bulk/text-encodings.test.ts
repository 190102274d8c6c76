import { describe, expect, it } from 'vitest';
import { openSheet } from '../../src/bulk/open-sheet.ts';
import { pieces } from './rows-of.ts';

const text = 'key,full_name\r\nA,Nguyễn Thị Thảo Vy\r\nB,王小明 😀\r\n';

function utf16(contents: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(`\uFEFF${contents}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

async function open(bytes: Uint8Array, size?: number, delimiter?: string) {
  const { format, titles, rows } = await openSheet(pieces(bytes, size), { delimiter });
  const cells = [titles.cells];
  for await (const row of rows) cells.push(row.cells);
  return { format, cells };
}

describe('the encoding of a CSV file', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16LE', utf16(text, false)],
    ['UTF-16BE', utf16(text, true)],
  ])('%s is read in pieces of any size', async (encoding, bytes) => {
    for (const size of [1, 3, 1_000]) {
      expect(await open(bytes, size)).toEqual({
        format: { format: 'csv', encoding, delimiter: ',' },
        cells: [
          ['key', 'full_name'],
          ['A', 'Nguyễn Thị Thảo Vy'],
          ['B', '王小明 😀'],
        ],
      });
    }
  });

  it.each([
    ['bytes of another encoding', Buffer.from('a\nb\nc\nZo\u00EB\nd\n', 'latin1'), 'Row 4 '],
    ['bytes of another encoding at the end', Buffer.from('a\nb\nZo\u00EB', 'latin1'), 'Row 3 '],
    ['half a character at the end', Buffer.from('a\nb\né').subarray(0, -1), 'Row 3 '],
    ['the trace of a wrong conversion', Buffer.from('a\nb\nZo\uFFFD\n'), 'Row 3 '],
    ['bytes of another encoding in quotes', Buffer.from('a\n"b\nb"\n"x\nZo\u00EB"\n', 'latin1'), 'Row 3 '],
    ['half a pair in UTF-16', utf16('a\nb\nc\uD83D\n', false), 'Row 3 '],
    ['UTF-16 without its mark', Buffer.from('a,b\n', 'utf16le'), 'byte order mark'],
  ])('%s stops at the row, without a value, after the rows before it', async (_, bytes, place) => {
    for (const size of [1, 1_000]) {
      const error: unknown = await open(bytes, size).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'bad_csv', message: expect.stringContaining(place) });
      expect(String(error)).not.toContain('Zo');
    }
  });
});

describe('the delimiter of a CSV file', () => {
  it.each([
    [',', 'a,b,c\n1,2,3\n'],
    [';', 'a;b;c\n1,5;2;3\n'],
    ['\t', 'a\tb\tc\n1;2\t2\t3\n'],
    [';', '"a,x,y,z";b\n1;2\n'],
    [',', 'a\n1\n'],
    [';', '\n\na;b\n1;2\n'],
  ])('is %j by the header of %j, and shown', async (delimiter, contents) => {
    const { format, cells } = await open(Buffer.from(contents));
    expect(format).toMatchObject({ delimiter });
    expect(new Set(cells.map(({ length }) => length)).size).toBe(1);
  });

  it('is what it is said to be', async () => {
    expect((await open(Buffer.from('a;b,c\n'), undefined, ';')).cells).toEqual([['a', 'b,c']]);
  });
});

it('a file without titles is refused before anybody reads a learner in a message', async () => {
  const error: unknown = await open(Buffer.from('Lan,lan@example.edu\n')).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'bad_header', message: expect.stringContaining('titles') });
  expect(String(error)).not.toContain('Lan');
});
