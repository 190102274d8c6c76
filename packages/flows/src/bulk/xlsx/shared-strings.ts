import { badWorkbook } from './bad-workbook.ts';
import { unescaped } from './cell-text.ts';
import { readAllElements } from './xml-elements.ts';

/** What all texts of a workbook may take in memory: with it, a bomb of texts stays below 256 MB. */
const mostBytes = 64_000_000;
/** What a text takes besides its characters. */
const bytesOfText = 48;
const bytesOfCharacter = 2;

/**
 * Reads the texts that the cells of a workbook point at.
 *
 * @throws {BulkError} `bad_workbook` when they would not fit into the memory.
 */
export async function readSharedStrings(
  part: AsyncIterable<Uint8Array> | undefined,
): Promise<readonly string[]> {
  if (part === undefined) return [];
  const strings: string[] = [];
  let bytes = 0;
  let current = '';
  let isText = false;
  let isReading = false;
  const count = (more: number): void => {
    bytes += more;
    if (bytes > mostBytes) {
      throw badWorkbook(
        'The workbook has more text than is read from one: save the sheet as "CSV UTF-8", or split it.',
      );
    }
  };
  await readAllElements(part, {
    open(name) {
      if (name === 'si') current = '';
      // How a Japanese name is read aloud stands beside it, and is not part of it.
      if (name === 'rPh') isReading = true;
      isText = name === 't' && !isReading;
    },
    text(text) {
      if (!isText) return;
      count(text.length * bytesOfCharacter);
      current += text;
    },
    close(name) {
      isText = false;
      if (name === 'rPh') isReading = false;
      if (name !== 'si') return;
      count(bytesOfText);
      strings.push(ownCopy(unescaped(current)));
    },
  });
  return strings;
}

/** A part of a long text keeps the whole of it in memory; a copy does not. */
function ownCopy(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
