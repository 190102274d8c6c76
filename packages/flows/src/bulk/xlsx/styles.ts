import { readAllElements } from './xml-elements.ts';

/** How the number in a cell is shown, as far as it changes what a person reads. */
export type NumberStyle =
  | { readonly shows: 'number' }
  /** `time`: the time of the day too. `year`: nothing but the year. */
  | { readonly shows: 'date' | 'time' | 'year' }
  /** With zeros in front, up to so many digits. */
  | { readonly shows: 'zeros'; readonly digits: number }
  | { readonly shows: 'percent'; readonly decimals: number };

const plainNumber: NumberStyle = { shows: 'number' };

/** What the formats of Excel that have no code in the file show; the others are numbers. */
function builtInStyle(id: number): NumberStyle {
  if (id === 9) return { shows: 'percent', decimals: 0 };
  if (id === 10) return { shows: 'percent', decimals: 2 };
  if (id === 22) return { shows: 'time' };
  const isDate = (id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58);
  return isDate ? { shows: 'date' } : plainNumber;
}

/** Reads what a number format shows from its code, such as `dd/mm/yyyy` or `00000`. */
export function styleOfCode(code: string): NumberStyle {
  // Of what differs for negative numbers, the part for positive ones; without texts, colours and languages.
  const bare = code
    .replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
    .replace(/;.*$/s, '')
    .trim()
    .toLowerCase();
  if (/^y+$/.test(bare)) return { shows: 'year' };
  const hasTime = /[hs]/.test(bare);
  if (/[yd]/.test(bare) || (/m/.test(bare) && !hasTime)) return { shows: hasTime ? 'time' : 'date' };
  if (/^0{2,}$/.test(bare)) return { shows: 'zeros', digits: bare.length };
  const percent = /^0(?:\.(0+))?%$/.exec(bare);
  return percent === null ? plainNumber : { shows: 'percent', decimals: percent[1]?.length ?? 0 };
}

/** The styles of a workbook, by the number that a cell has for its style. */
export async function readStyles(
  part: AsyncIterable<Uint8Array> | undefined,
): Promise<readonly NumberStyle[]> {
  if (part === undefined) return [];
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let isCellStyle = false;
  await readAllElements(part, {
    open(name, { numFmtId, formatCode }) {
      if (name === 'cellXfs') isCellStyle = true;
      if (name === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode);
      if (name === 'xf' && isCellStyle) ids.push(Number(numFmtId ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') isCellStyle = false;
    },
  });
  return ids.map((id) => {
    const code = codes.get(id);
    return code === undefined ? builtInStyle(id) : styleOfCode(code);
  });
}
