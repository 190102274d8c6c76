import { printable } from './printable.ts';
import { fitToWidth, padToWidth, textWidth } from './text-width.ts';

/** One column of a table. */
export interface TableColumn {
  readonly title: string;
  /** Longer cells are cut with `…`. Default: as wide as the widest cell. */
  readonly maxWidth?: number;
  readonly align?: 'left' | 'right';
}

/** How a table is laid out and styled. */
export interface TableOptions {
  /** Columns of the terminal; undefined when the table goes to a file or a pipe, where nothing is cut or folded. */
  readonly columns: number | undefined;
  /** Styles the titles. */
  readonly title?: (text: string) => string;
}

const gap = '  ';

/**
 * Lines of a table. The last column is never cut, so a link in it can be copied whole; when the rows do not fit into the
 * terminal, it goes on a line of its own below each row.
 */
export function tableLines(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  options: TableOptions,
): string[] {
  const clean = rows.map((row) => columns.map((_, at) => printable(row[at] ?? '')));
  const last = columns.length - 1;
  const cut =
    options.columns === undefined
      ? clean
      : clean.map((row) => row.map((cell, at) => fitted(cell, columns[at])));
  const widths = columns.map(({ title }, at) =>
    cut.reduce((widest, row) => Math.max(widest, textWidth(row[at] ?? '')), textWidth(title)),
  );
  const style = options.title ?? ((text: string) => text);
  const whole = widths.reduce((sum, width) => sum + gap.length + width, -gap.length);
  const layout = { columns, widths };
  const titles = columns.map(({ title }) => title);
  if (options.columns === undefined || whole <= options.columns || last === 0) {
    return [style(wideLine(layout, titles)), ...cut.map((row) => wideLine(layout, row))];
  }
  return [style(foldedLine(layout, titles)), ...clean.map((row) => foldedLine(layout, row))];
}

interface Layout {
  readonly columns: readonly TableColumn[];
  readonly widths: readonly number[];
}

function fitted(cell: string, column: TableColumn | undefined): string {
  return column?.maxWidth === undefined ? cell : fitToWidth(cell, column.maxWidth);
}

function wideLine({ columns, widths }: Layout, row: readonly string[]): string {
  const cells = row.map((cell, at) => aligned(cell, widths[at] ?? 0, columns[at]?.align));
  return cells.join(gap).trimEnd();
}

/** The first column gives the indent; a name has the rest of its line for itself, so it need not be cut. */
function foldedLine({ columns, widths }: Layout, row: readonly string[]): string {
  const first = aligned(row[0] ?? '', widths[0] ?? 0, columns[0]?.align);
  const indent = ' '.repeat((widths[0] ?? 0) + gap.length);
  const middle = [first, ...row.slice(1, -1)].join(gap);
  return `${middle}\n${indent}${row.at(-1) ?? ''}`;
}

function aligned(cell: string, width: number, align: TableColumn['align']): string {
  return align === 'right'
    ? ' '.repeat(Math.max(0, width - textWidth(cell))) + cell
    : padToWidth(cell, width);
}
