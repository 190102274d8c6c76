import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { CommandError } from './command-error.ts';

/** The formats a file of credentials may have. */
export type FileFormat = 'rows' | 'json';

/** A JSON file is read as a whole; above this size it belongs into a CSV file or into several files. */
const largestJsonBytes = 64 * 1024 * 1024;

/** Which format a file has, by its name. */
export function formatOf(path: string): FileFormat {
  if (/\.(csv|xlsx)$/i.test(path)) return 'rows';
  if (/\.json$/i.test(path)) return 'json';
  throw new CommandError(
    'wrong_usage',
    `${path} is neither .csv, .xlsx nor .json: rename it, or save it as one of them.`,
  );
}

/** The bytes of a file, piece by piece. */
export async function* readBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** A whole JSON file, parsed. */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > largestJsonBytes) {
      throw new CommandError(
        'unreadable_file',
        `${path} is larger than 64 MiB: split it, or use a CSV file.`,
      );
    }
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw error instanceof CommandError ? error : unreadable(path, error);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's message quotes the file, so it does not go on.
    throw new CommandError('bad_json', `${path} is not JSON: mend it, or write it with a JSON library.`);
  }
}

/** Why a file cannot be read, as a `CommandError`; anything else as it is. */
export function unreadable(path: string, error: unknown): unknown {
  const reason = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (reason) {
    case 'ENOENT':
      return new CommandError('unreadable_file', `There is no file ${path}: check the name and the folder.`);
    case 'EACCES':
    case 'EPERM':
      return new CommandError('unreadable_file', `${path} may not be read: change its permissions.`);
    case 'EISDIR':
      return new CommandError('unreadable_file', `${path} is a folder: give the file in it.`);
    default:
      return error;
  }
}
