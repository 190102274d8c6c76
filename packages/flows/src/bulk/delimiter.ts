/** What may stand between two values, in the order in which it is tried. */
const delimiters = [',', ';', '\t'] as const;

/**
 * The delimiter of a file, by its first line: the one that stands there most often outside of quotes; a comma when there is none.
 */
export function guessDelimiter(firstLine: string): string {
  const bare = firstLine.replaceAll(/"(?:[^"]|"")*"/g, '');
  const counts = delimiters.map((delimiter) => bare.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}
