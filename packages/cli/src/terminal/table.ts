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
 * Lines of a table. The last column is never cut or filled up, so a link in it can be copied whole; when a row with it does
 * not fit into the terminal, it goes on a line of its own below each row.
 */
export function tableLines(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  options: TableOptions,
): string[] {
  const folded = options.columns !== undefined;
  const cells = rows.map((row) =>
    columns.map((column, at) => {
      const text = printable(row[at] ?? '');
      return folded && column.maxWidth !== undefined ? fitToWidth(text, column.maxWidth) : text;
    }),
  );
  const widths = columns.map((column, at) =>
    cells.reduce((widest, row) => Math.max(widest, textWidth(row[at] ?? '')), textWidth(column.title)),
  );
  const last = columns.length - 1;
  const whole = widths.reduce((sum, width) => sum + width + gap.length, -gap.length);
  const belowRow = options.columns !== undefined && whole > options.columns && last > 0;

  const line = (row: readonly string[], style: (text: string) => string): string => {
    const side = row.slice(0, last).map((cell, at) => {
      const width = widths[at] ?? 0;
      if (columns[at]?.align === 'right') return ' '.repeat(width - textWidth(cell)) + style(cell);
      return style(padToWidth(cell, width));
    });
    const end = row[last] ?? '';
    if (!belowRow) return [...side, style(end)].join(gap).trimEnd();
    const indent = ' '.repeat((widths[0] ?? 0) + gap.length);
    return end === '' ? side.join(gap).trimEnd() : `${side.join(gap).trimEnd()}\n${indent}${style(end)}`;
  };

  const titles = columns.map((column) => column.title);
  const title = options.title ?? ((text: string) => text);
  return [line(titles, title), ...cells.map((row) => line(row, (text) => text))];
}
