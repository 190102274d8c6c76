import { BulkError } from './bulk-error.ts';
import type { TextEncodingName } from './sheet.ts';

/** A text that is being decoded. */
export interface DecodedText {
  readonly encoding: TextEncodingName;
  /**
   * The text, without byte order mark. It ends early, with U+FFFD as its last character, where bytes are not in this encoding: so its
   * reader knows in which row. U+FFFD in the file itself is the trace of an earlier wrong conversion, and no better.
   */
  readonly text: AsyncGenerator<string, void, undefined>;
}

/** What stands where bytes could not be decoded. */
export const undecodable = '\uFFFD';

/**
 * Decodes UTF-8, or UTF-16 that begins with its byte order mark.
 *
 * @throws {BulkError} `bad_csv` for UTF-16 without one.
 */
export async function decodeText(chunks: AsyncGenerator<Uint8Array>): Promise<DecodedText> {
  const first = await chunks.next();
  const start: Uint8Array = first.done === true ? Buffer.alloc(0) : first.value;
  const encoding = encodingOf(start);
  const decoder = new TextDecoder(encoding);
  async function* text(): AsyncGenerator<string, void, undefined> {
    try {
      for (let chunk: Uint8Array | undefined = start; chunk !== undefined; ) {
        const decoded = upToUndecodable(decoder.decode(chunk, { stream: true }));
        yield decoded;
        if (decoded.endsWith(undecodable)) return;
        const next: IteratorResult<Uint8Array> = await chunks.next();
        chunk = next.done === true ? undefined : next.value;
      }
      yield upToUndecodable(decoder.decode());
    } finally {
      await chunks.return(undefined);
    }
  }
  return { encoding, text: text() };
}

function encodingOf([first, second]: Uint8Array): TextEncodingName {
  if (first === 0xff && second === 0xfe) return 'UTF-16LE';
  if (first === 0xfe && second === 0xff) return 'UTF-16BE';
  if (first !== 0 && second !== 0) return 'UTF-8';
  throw new BulkError(
    'bad_csv',
    'The file looks like UTF-16 without a byte order mark: in the spreadsheet choose "Save as" and "CSV UTF-8".',
  );
}

function upToUndecodable(text: string): string {
  const at = text.indexOf(undecodable);
  return at < 0 ? text : text.slice(0, at + 1);
}
