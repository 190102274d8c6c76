/** Whether a person typed the word: capitals do not count, and neither does how a keyboard composes its accents. */
export function isTyped(word: string, typed: string): boolean {
  return plain(typed) === plain(word);
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}
