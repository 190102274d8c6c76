import { padToWidth, textWidth } from './text-width.ts';

/** One line of a box: a name and what it is. */
export type BoxEntry = readonly [name: string, value: string];

/** How a box is laid out and styled. */
export interface BoxOptions {
  /** Columns of the terminal; undefined when the box goes to a file or a pipe, where it has no frame. */
  readonly columns: number | undefined;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

/**
 * Names and values in a box with a title. Where the box would be wider than the terminal it goes without a frame, so that
 * long addresses can still be copied.
 */
export function boxLines(title: string, entries: readonly BoxEntry[], options: BoxOptions): string[] {
  const { bold, dim } = options;
  const names = Math.max(...entries.map(([name]) => textWidth(name)));
  const lines = entries.map(([name, value]) => ({
    plain: `${padToWidth(name, names)}  ${value}`,
    styled: `${dim(padToWidth(name, names))}  ${value}`,
  }));
  const inside = Math.max(textWidth(title) + 1, ...lines.map(({ plain }) => textWidth(plain)));
  if (options.columns === undefined || inside + 4 > options.columns) {
    return [bold(title), ...lines.map(({ styled }) => `  ${styled}`)];
  }
  const side = dim('│');
  return [
    `${dim('╭─')} ${bold(title)} ${dim(`${'─'.repeat(inside - textWidth(title) - 1)}╮`)}`,
    ...lines.map(({ plain, styled }) => `${side} ${styled}${' '.repeat(inside - textWidth(plain))} ${side}`),
    dim(`╰${'─'.repeat(inside + 2)}╯`),
  ];
}
