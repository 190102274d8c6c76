import { padToWidth, textWidth } from './text-width.ts';

/** One line of a box: a name and what it is. */
export type BoxEntry = readonly [name: string, value: string];

/**
 * Names and values in a box with a title. Where the box would be wider than the terminal it goes without a frame, so that
 * long addresses can still be copied.
 */
export function boxLines(
  title: string,
  entries: readonly BoxEntry[],
  options: { readonly columns: number | undefined; readonly dim: (text: string) => string },
): string[] {
  const names = Math.max(...entries.map(([name]) => textWidth(name)));
  const lines = entries.map(([name, value]) => ({
    plain: `${padToWidth(name, names)}  ${value}`,
    styled: `${options.dim(padToWidth(name, names))}  ${value}`,
  }));
  const inside = Math.max(textWidth(title), ...lines.map(({ plain }) => textWidth(plain)));
  if (options.columns === undefined || inside + 4 > options.columns) {
    return [title, ...lines.map(({ styled }) => `  ${styled}`)];
  }
  const { dim } = options;
  const side = dim('│');
  return [
    `${dim('╭─')} ${title} ${dim(`${'─'.repeat(inside - textWidth(title))}╮`)}`,
    ...lines.map(({ plain, styled }) => `${side} ${styled}${' '.repeat(inside - textWidth(plain))} ${side}`),
    dim(`╰${'─'.repeat(inside + 2)}╯`),
  ];
}
