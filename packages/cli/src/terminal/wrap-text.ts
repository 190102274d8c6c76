import { textWidth } from './text-width.ts';

/** The same with something in front of the first line, and as much space in front of the others. Whole, where no width is known. */
export function wrapAfter(start: string, text: string, width: number | undefined): string[] {
  if (width === undefined) return [`${start}${text}`];
  const indent = textWidth(start);
  const space = ' '.repeat(indent);
  return wrapText(text, Math.max(20, width - indent)).map((line, at) => `${at === 0 ? start : space}${line}`);
}

/** A text as lines of at most `width` columns, broken between words. A word that is longer stays whole, so that a link can be copied. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
