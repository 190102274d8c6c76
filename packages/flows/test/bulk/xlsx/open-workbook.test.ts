import { describe, expect, it } from 'vitest';
import { openSheet } from '../../../src/bulk/open-sheet.ts';
import type { SheetOptions, SheetRow } from '../../../src/bulk/sheet.ts';
import { pieces } from '../rows-of.ts';
import { textRow, workbook, type WorkbookParts, worksheet } from './workbook.ts';

async function open(parts: WorkbookParts, options: SheetOptions = {}) {
  const { format, titles, rows } = await openSheet(pieces(workbook(parts), 1_000), options);
  const all: SheetRow[] = [];
  for await (const row of rows) all.push(row);
  return { format, titles: titles.cells, rows: all };
}

/** The cells of the one row below the titles. */
async function cellsOf(cells: string, parts: WorkbookParts = {}) {
  const titles = textRow(1, ['a', 'b', 'c', 'd']);
  const { rows } = await open({ ...parts, rows: `${titles}<row r="2">${cells}</row>` });
  const [row] = rows;
  return { cells: row?.cells, troubles: row?.troubles };
}

describe('a workbook', () => {
  it('gives the rows a person sees, numbered as Excel numbers them', async () => {
    const rows =
      textRow(2, ['key', 'full_name']) +
      textRow(3, ['A', ' Siobha\u0301n ']) +
      textRow(7, ['B', '']) +
      textRow(9, ['', '']);
    expect(await open({ rows })).toEqual({
      format: { format: 'xlsx', sheet: 'Learners', otherSheets: [] },
      titles: ['key', 'full_name'],
      rows: [
        { row: 3, cells: ['A', 'Siobhán'] },
        { row: 7, cells: ['B', ''] },
      ],
    });
  });

  it('keeps the leading zeros of texts, shared and inline, rich and escaped', async () => {
    const parts = { sharedStrings: ['000123', 'Nguyễn &amp; Co', 'a_x000A_b'] };
    const shared = [0, 1, 2].map((at) => `<c t="s"><v>${at}</v></c>`).join('');
    const rich =
      '<c t="inlineStr"><is><r><t>00</t></r><r><t>7</t></r><rPh sb="0" eb="1"><t>zero</t></rPh></is></c>';
    expect((await cellsOf(shared + rich, parts)).cells).toEqual(['000123', 'Nguyễn & Co', 'a\nb', '007']);
  });

  it('marks numbers, which may have lost their zeros', async () => {
    const { cells, troubles } = await cellsOf(
      '<c r="B2"><v>123</v></c><c r="C2"><v>12345678901234567</v></c>',
    );
    expect(cells).toEqual(['', '123', '12345678901234568', '']);
    expect(troubles).toEqual([
      { code: 'number_cell', at: 1 },
      { code: 'long_number', at: 2 },
    ]);
  });

  it('shows numbers as Excel does, where that changes what is read', async () => {
    const formats = ['00000', '0.0%', '#,##0.00 &quot;points&quot;'];
    const cells =
      '<c s="1"><v>123</v></c><c s="2"><v>0.875</v></c><c s="3"><v>7.5</v></c><c><v>7.4999999999999996</v></c>';
    expect((await cellsOf(cells, { formats })).cells).toEqual(['00123', '87.5%', '7.5', '7.5']);
  });

  it.each([
    ['dd/mm/yyyy', '45678', '2025-01-21'],
    ['[$-409]d\\-mmm\\-yy;@', '45678', '2025-01-21'],
    ['dd/mm/yyyy', '45678.75', '2025-01-21'],
    ['dd/mm/yyyy hh:mm', '45678.75', '2025-01-21 18:00'],
    ['yyyy', '45678', '2025'],
    ['yyyy-mm-dd', '59', '1900-02-28'],
    ['yyyy-mm-dd', '61', '1900-03-01'],
  ])('reads a date shown as %s from %s', async (code, value, text) => {
    const { cells, troubles } = await cellsOf(`<c s="1"><v>${value}</v></c>`, { formats: [code] });
    expect(cells?.[0]).toBe(text);
    expect(troubles).toEqual([{ code: 'date_cell', at: 0 }]);
  });

  it('counts days from 1904 where the workbook says so, and knows the date format without a code', async () => {
    expect((await cellsOf('<c s="1"><v>44216</v></c>', { date1904: true })).cells?.[0]).toBe('2025-01-21');
  });

  it('refuses to guess what a formula or an error shows', async () => {
    const { cells, troubles } = await cellsOf(
      '<c t="str"><f>CONCAT("a","b")</f><v>ab</v></c><c><f>1+1</f><v>2</v></c><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c>',
    );
    expect(cells).toEqual(['', '', '', 'TRUE']);
    expect(troubles).toEqual([
      { code: 'formula_cell', at: 0 },
      { code: 'formula_cell', at: 1 },
      { code: 'error_cell', at: 2 },
    ]);
  });

  it('marks rows that a filter hides, for nobody saw them', async () => {
    const rows = textRow(1, ['key']) + textRow(2, ['A'], ' hidden="1"') + textRow(3, ['B']);
    expect((await open({ rows })).rows).toEqual([
      { row: 2, cells: ['A'], troubles: [{ code: 'hidden_row' }] },
      { row: 3, cells: ['B'] },
    ]);
  });

  it('reads the first sheet that is shown, or the one that is named', async () => {
    const sheets = [
      { name: 'Notes', state: 'hidden', rows: textRow(1, ['x']) },
      { name: 'Learners', rows: textRow(1, ['key']) },
      { name: 'Old', rows: textRow(1, ['former']) },
    ];
    expect(await open({ sheets })).toMatchObject({
      titles: ['key'],
      format: { sheet: 'Learners', otherSheets: ['Notes', 'Old'] },
    });
    expect((await open({ sheets }, { sheet: 'Old' })).titles).toEqual(['former']);
    await expect(open({ sheets }, { sheet: 'learner' })).rejects.toMatchObject({
      code: 'bad_workbook',
      message: expect.stringContaining('is it "Learners"?'),
    });
  });

  it('has as many cells in each row as titles, and tells a value beyond them', async () => {
    const rows =
      textRow(1, ['a', 'b']) +
      textRow(2, ['1']) +
      textRow(3, ['1', '2', '3']) +
      textRow(4, ['1', '2', '', '']);
    expect((await open({ rows })).rows.map(({ cells }) => cells.length)).toEqual([2, 3, 2]);
  });

  it('may have prefixed names and no references, as some programs write it', async () => {
    const rows =
      '<x:row><x:c t="inlineStr"><x:is><x:t>key</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c></x:row>';
    const part = `<x:worksheet xmlns:x="urn:x"><x:sheetData>${rows}</x:sheetData></x:worksheet>`;
    const { titles, rows: read } = await open({ parts: { 'xl/worksheets/sheet1.xml': part } });
    expect(titles).toEqual(['key']);
    expect(read).toMatchObject([{ row: 2, cells: ['1'] }]);
  });
});

describe('a file that is no sound workbook is refused with one sentence', () => {
  const titles = textRow(1, ['a']);
  it.each<[string, WorkbookParts]>([
    ['an empty sheet', { rows: '' }],
    ['XML that breaks off', { parts: { 'xl/worksheets/sheet1.xml': worksheet(titles).slice(0, -20) } }],
    ['rows out of order', { rows: textRow(3, ['a']) + textRow(2, ['b']) }],
    ['a cell in another row', { rows: `${titles}<row r="2"><c r="A3"><v>1</v></c></row>` }],
    [
      'cells out of order',
      { rows: `${titles}<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>` },
    ],
    ['a text that is not there', { rows: `${titles}<row r="2"><c t="s"><v>9</v></c></row>` }],
    [
      'bytes that are not UTF-8',
      { parts: { 'xl/worksheets/sheet1.xml': Buffer.from([0x3c, 0x61, 0xff, 0x3e]) } },
    ],
    ['no sheet part', { parts: { 'xl/_rels/workbook.xml.rels': '<Relationships/>' } }],
    ['no workbook part', { parts: { '_rels/.rels': '<Relationships/>' } }],
    ['too many columns', { rows: `${titles}<row r="2"><c r="ALN2"><v>1</v></c></row>` }],
    ['a formula as a title', { rows: '<row r="1"><c t="str"><f>A2</f><v>key</v></c></row>' }],
  ])('%s', async (_, parts) => {
    const error: unknown = await open(parts).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: expect.stringMatching(/^(bad_workbook|no_rows)$/) });
    expect(String(error).split('\n')).toHaveLength(1);
  });

  it('a ZIP archive that breaks off', async () => {
    const bytes = workbook({ rows: titles });
    await expect(openSheet(pieces(bytes.subarray(0, -30)), {})).rejects.toMatchObject({
      code: 'bad_workbook',
    });
  });

  it('an old or protected workbook', async () => {
    const bytes = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    await expect(openSheet(pieces(bytes), {})).rejects.toMatchObject({
      code: 'bad_workbook',
      message: expect.stringContaining('.xls'),
    });
  });
});
