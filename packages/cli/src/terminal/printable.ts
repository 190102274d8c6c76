/** Control characters, line and paragraph separators, and the signs that turn the direction of text around. */
const unprintable = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/**
 * A text from outside as one harmless line: an escape sequence in a file must not move the cursor, colour the screen or
 * turn text around. What is replaced shows as `�`; joiners stay, because names need them.
 */
export function printable(text: string): string {
  return text.replaceAll(unprintable, '\uFFFD');
}
