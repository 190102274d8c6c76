import type { CellTrouble, SheetRow } from '../sheet.ts';
import { badWorkbook, brokenWorkbook } from './bad-workbook.ts';
import { numberText, unescaped } from './cell-text.ts';
import type { NumberStyle } from './styles.ts';
import { isTrue } from './workbook-parts.ts';
import { readElements } from './xml-elements.ts';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly epoch: 1900 | 1904;
  readonly sharedStrings: readonly string[];
  readonly styles: readonly NumberStyle[];
}

/** A file of awards has some dozens. */
const mostColumns = 1_000;
/** As for CSV: characters of one row. */
const largestRow = 1024 * 1024;

/** A cell while it is read. */
interface OpenCell {
  readonly at: number;
  readonly type: string;
  readonly style: NumberStyle;
  isFormula: boolean;
  text: string;
}

/** A row while it is read. */
interface OpenRow {
  readonly row: number;
  readonly cells: string[];
  readonly troubles: CellTrouble[];
  cell: OpenCell | undefined;
  length: number;
}

/**
 * Reads the rows of a sheet one by one. Rows without any value are left out; cells after the last one with a value too.
 *
 * @throws {BulkError} `bad_workbook`, now or later, naming the row.
 */
export async function* readWorksheet(
  part: AsyncIterable<Uint8Array>,
  context: SheetContext,
): AsyncGenerator<SheetRow, void, undefined> {
  const done: SheetRow[] = [];
  let open: OpenRow | undefined;
  let lastRow = 0;
  let isText = false;
  let isReading = false;
  const elements = readElements(part, {
    open(name, attributes) {
      if (name === 'row') {
        open = openRow(attributes, lastRow);
        lastRow = open.row;
      } else if (name === 'c' && open !== undefined) {
        open.cell = openCell(attributes, open, context);
      } else if (name === 'f' && open?.cell !== undefined) {
        open.cell.isFormula = true;
      } else if (name === 'rPh') {
        isReading = true;
      }
      isText = (name === 'v' || name === 't') && !isReading;
    },
    text(text) {
      const { cell } = open ?? {};
      if (!isText || open === undefined || cell === undefined) return;
      cell.text += text;
      open.length += text.length;
      if (open.length > largestRow)
        throw badWorkbook(`Row ${open.row} holds more than 1 MiB of text: split it.`);
    },
    close(name) {
      isText = false;
      if (name === 'rPh') isReading = false;
      if (name === 'c' && open?.cell !== undefined) {
        closeCell(open, open.cell, context);
        open.cell = undefined;
      }
      if (name === 'row' && open !== undefined) {
        if (open.cells.some((text) => text !== '') || open.troubles.some(({ at }) => at !== undefined)) {
          done.push(closeRow(open));
        }
        open = undefined;
      }
    },
  });
  for await (const _ of elements) yield* done.splice(0);
}

function openRow({ r, hidden }: Readonly<Record<string, string>>, lastRow: number): OpenRow {
  const row = r === undefined ? lastRow + 1 : Number(r);
  if (!Number.isSafeInteger(row) || row <= lastRow) throw brokenWorkbook();
  return {
    row,
    cells: [],
    troubles: isTrue(hidden) ? [{ code: 'hidden_row' }] : [],
    cell: undefined,
    length: 0,
  };
}

function openCell(
  { r, s, t = 'n' }: Readonly<Record<string, string>>,
  { row, cells }: OpenRow,
  { styles }: SheetContext,
): OpenCell {
  const at = r === undefined ? cells.length : columnOf(r, row);
  if (at < cells.length) throw brokenWorkbook();
  if (at >= mostColumns)
    throw badWorkbook(`Row ${row} has more than ${mostColumns} columns: remove what is not needed.`);
  return { at, type: t, style: styles[Number(s ?? 0)] ?? { shows: 'number' }, isFormula: false, text: '' };
}

/** The place of a column, from 0, by the name of one of its cells: `C7` is 2. */
function columnOf(reference: string, row: number): number {
  const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference) ?? [];
  if (letters === undefined || Number(digits) !== row) throw brokenWorkbook();
  return Array.from(letters).reduce((at, letter) => at * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function closeCell({ cells, troubles }: OpenRow, cell: OpenCell, context: SheetContext): void {
  const { text, trouble } = cell.isFormula
    ? { text: '', trouble: 'formula_cell' as const }
    : readCell(cell, context);
  while (cells.length < cell.at) cells.push('');
  cells.push(text.trim().normalize('NFC'));
  if (trouble !== undefined) troubles.push({ code: trouble, at: cell.at });
}

function readCell(
  { type, style, text }: OpenCell,
  { sharedStrings, epoch }: SheetContext,
): { readonly text: string; readonly trouble?: CellTrouble['code'] } {
  switch (type) {
    case 's': {
      const shared = sharedStrings[Number(text)];
      if (shared === undefined) throw brokenWorkbook();
      return { text: shared };
    }
    case 'inlineStr':
    case 'str':
      return { text: unescaped(text) };
    case 'b':
      return { text: isTrue(text) ? 'TRUE' : 'FALSE' };
    case 'd':
      return { text: text.replace(/T00:00:00(?:\.0+)?Z?$/, '') };
    case 'n':
      return text === '' ? { text: '' } : numberText(text, style, epoch);
    default:
      return { text: '', trouble: 'error_cell' };
  }
}

function closeRow({ row, cells, troubles }: OpenRow): SheetRow {
  while (cells.at(-1) === '') cells.pop();
  return troubles.length === 0 ? { row, cells } : { row, cells, troubles };
}
