import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { ReadDocument } from './documents.ts';

/** The largest file that is read, unless told otherwise. */
const usualMaxBytes = 10 * 1024 * 1024;

/**
 * Reads documents from one folder and the folders in it: a name that leads out of it, by `..`, from the root or by a link, is not there.
 *
 * @param maxBytes of one file; give `documents.maxBytes` of the flow. Default 10 MiB.
 */
export function documentsIn(folder: string, maxBytes: number = usualMaxBytes): ReadDocument {
  return async (name) => {
    try {
      const [root, path] = [await realpath(folder), await realpath(join(folder, name))];
      if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
      const { size } = await stat(path);
      return size > maxBytes ? 'too_large' : await readFile(path);
    } catch {
      return undefined;
    }
  };
}
