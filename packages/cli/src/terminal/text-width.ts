import { eastAsianWidth } from 'get-east-asian-width';

/** Combining marks, joiners and other characters that take no column of their own. */
const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11FF]/u;

/** Everything that is one column wide, and by far the most common text. */
const plainAscii = /^[\x20-\x7e]*$/;

/**
 * How many columns of a terminal a text takes: Chinese, Japanese and Korean characters take two; combining marks (Vietnamese
 * accents written apart, Thai vowels, Arabic signs) take none. Sequences of emoji count as their parts.
 */
export function textWidth(text: string): number {
  if (plainAscii.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/**
 * The beginning of a text that fits into `width` columns, with `…` where something was cut. A letter never loses its
 * marks.
 */
export function fitToWidth(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = '';
  let left = width - 1;
  for (const { segment } of graphemes.segment(text)) {
    left -= textWidth(segment);
    if (left < 0) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Fills a text with spaces up to `width` columns. */
export function padToWidth(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function characterWidth(character: string): number {
  if (zeroWidth.test(character)) return 0;
  return eastAsianWidth(character.codePointAt(0) ?? 0);
}
