import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { badWorkbook, brokenWorkbook } from './bad-workbook.ts';

/** Security rule 19. */
const largestFile = 20_000_000;
const largestContents = 200_000_000;
/** A workbook has some dozens. */
const mostParts = 5_000;

/** The parts of a workbook: the files in its archive. */
export interface ZipParts {
  /** The bytes of a part, piece by piece; `undefined` when there is no such part. */
  readonly read: (name: string) => AsyncGenerator<Uint8Array, void, undefined> | undefined;
  readonly close: () => void;
}

/**
 * Opens the archive that a workbook is. Only its directory is read now; how large the parts are is judged by what it says, and no part
 * gives more than that.
 *
 * @throws {BulkError} `bad_workbook` for a file above 20 MB, contents above 200 MB, and what is no proper archive.
 */
export async function openZip(chunks: AsyncIterable<Uint8Array>): Promise<ZipParts> {
  const zip = await fromBytes(await collect(chunks));
  try {
    const entries = await readDirectory(zip);
    return {
      read(name) {
        const entry = entries.get(name);
        return entry === undefined ? undefined : readEntry(zip, entry);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of chunks) {
    length += piece.length;
    if (length > largestFile) {
      throw badWorkbook('The workbook is larger than 20 MB: save the sheet as "CSV UTF-8", or split it.');
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function fromBytes(bytes: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(bytes, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw brokenWorkbook(error);
  }
}

function readDirectory(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  let contents = 0;
  return new Promise((resolve, reject) => {
    zip.on('error', (error: Error) => reject(brokenWorkbook(error)));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      contents += entry.uncompressedSize;
      if (contents > largestContents) {
        reject(
          badWorkbook(
            'The workbook unpacks to more than 200 MB: save the sheet as "CSV UTF-8", or split it.',
          ),
        );
      } else if (entries.has(entry.fileName) || entries.size >= mostParts || entry.isEncrypted()) {
        reject(brokenWorkbook());
      } else {
        entries.set(entry.fileName, entry);
        zip.readEntry();
      }
    });
    zip.readEntry();
  });
}

async function* readEntry(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const stream = await zip.openReadStreamPromise(entry);
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw brokenWorkbook(error);
  }
}
