import { BulkError } from '../bulk-error.ts';
import { nearestName } from '../nearest-name.ts';
import type { Sheet, SheetOptions, SheetRow } from '../sheet.ts';
import { badWorkbook } from './bad-workbook.ts';
import { readSharedStrings } from './shared-strings.ts';
import { readStyles } from './styles.ts';
import type { SheetPart } from './workbook-parts.ts';
import { partOf, readWorkbook } from './workbook-parts.ts';
import { readWorksheet } from './worksheet-rows.ts';
import type { ZipParts } from './zip-parts.ts';
import { openZip } from './zip-parts.ts';

/**
 * Opens a sheet of an Excel workbook. Cells come as a person reads them: texts with their leading zeros, dates as `YYYY-MM-DD`,
 * numbers without the digits that only Excel sees. The rows are read one by one; the texts they share are in memory.
 *
 * @throws {BulkError} `bad_workbook`, now or later; `no_rows`.
 */
export async function openWorkbook(
  chunks: AsyncIterable<Uint8Array>,
  { sheet: wanted }: SheetOptions,
): Promise<Sheet> {
  const zip = await openZip(chunks);
  try {
    const { epoch, sheets, sharedStrings, styles } = await readWorkbook(zip);
    const sheet = chooseSheet(sheets, wanted);
    const context = {
      epoch,
      sharedStrings: await readSharedStrings(
        sharedStrings === undefined ? undefined : zip.read(sharedStrings),
      ),
      styles: await readStyles(styles === undefined ? undefined : zip.read(styles)),
    };
    const rows = readWorksheet(partOf(zip, sheet.part), context);
    const titles = await rows.next();
    if (titles.done === true) {
      throw new BulkError(
        'no_rows',
        'The sheet has no rows: it needs a header and one row for each learner.',
      );
    }
    checkTitles(titles.value);
    return {
      format: {
        format: 'xlsx',
        sheet: sheet.name,
        otherSheets: sheets.filter((other) => other !== sheet).map(({ name }) => name),
      },
      titles: titles.value,
      rows: aligned(rows, titles.value.cells.length, zip),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function chooseSheet(sheets: readonly SheetPart[], wanted: string | undefined): SheetPart {
  if (wanted === undefined) {
    const first = sheets.find(({ isHidden }) => !isHidden);
    if (first === undefined)
      throw badWorkbook('The workbook has no sheet that is shown: show the one with the learners.');
    return first;
  }
  const sheet = sheets.find(({ name }) => name === wanted);
  if (sheet !== undefined) return sheet;
  const nearest = nearestName(
    wanted,
    sheets.map(({ name }) => name),
  );
  const list = sheets.map(({ name }) => JSON.stringify(name)).join(', ');
  throw badWorkbook(
    `The workbook has no sheet ${JSON.stringify(wanted)}: ${nearest === undefined ? `it has ${list}.` : `is it ${JSON.stringify(nearest)}?`}`,
  );
}

function checkTitles({ row, troubles = [] }: SheetRow): void {
  if (troubles.every(({ code }) => code !== 'formula_cell' && code !== 'error_cell')) return;
  throw badWorkbook(`A title in row ${row} is a formula: write the titles of the columns as text.`);
}

/** Rows as wide as the titles, as those of a CSV file are: the empty cells at their end stand in no file. */
async function* aligned(
  rows: AsyncIterable<SheetRow>,
  width: number,
  zip: ZipParts,
): AsyncGenerator<SheetRow, void, undefined> {
  try {
    for await (const { cells, ...rest } of rows) {
      const missing = Math.max(0, width - cells.length);
      yield { ...rest, cells: missing === 0 ? cells : [...cells, ...Array<string>(missing).fill('')] };
    }
  } finally {
    zip.close();
  }
}
