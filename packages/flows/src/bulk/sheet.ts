/** A row as a spreadsheet shows it. */
export interface SheetRow {
  /** As a spreadsheet counts: the header is row 1, empty rows count. */
  readonly row: number;
  /** White space around a value is taken away; accents written as characters of their own are joined to their letter (NFC). */
  readonly cells: readonly string[];
  /** What the reader noticed about cells, beyond their text. */
  readonly troubles?: readonly CellTrouble[];
}

/**
 * What a workbook knows and a text does not.
 *
 * - `formula_cell`, `error_cell`: nobody can say what a person saw in it.
 * - `number_cell`: Excel holds it as a number, so leading zeros may be lost. `date_cell`: as a date.
 * - `long_number`: it has more digits than Excel keeps.
 * - `hidden_row`: a filter or a person hid the row.
 */
export interface CellTrouble {
  readonly code: 'formula_cell' | 'error_cell' | 'number_cell' | 'date_cell' | 'long_number' | 'hidden_row';
  /** The place of the column, from 0; absent when the whole row is meant. */
  readonly at?: number;
}

/** How a file was read, to be shown to whoever gave it. */
export type SheetFormat =
  | { readonly format: 'csv'; readonly encoding: TextEncodingName; readonly delimiter: string }
  | {
      readonly format: 'xlsx';
      /** The sheet that was read. */
      readonly sheet: string;
      /** The others, which were not. */
      readonly otherSheets: readonly string[];
    };

/** The encodings that a CSV file may have. */
export type TextEncodingName = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE';

/** How a file is to be read, where its contents do not say. */
export interface SheetOptions {
  /** What stands between two values of a CSV file. Default: the one of `,`, `;` and tab that the header has. */
  readonly delimiter?: string | undefined;
  /** The name of the sheet of a workbook. Default: the first that is not hidden. */
  readonly sheet?: string | undefined;
}

/** A file of rows, opened. */
export interface Sheet {
  readonly format: SheetFormat;
  /** The titles of the columns: its first row. */
  readonly titles: SheetRow;
  /** The rows below, those without any value left out; to be read once. */
  readonly rows: AsyncGenerator<SheetRow, void, undefined>;
}
