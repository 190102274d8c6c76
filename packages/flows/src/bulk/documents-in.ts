import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { ReadDocument } from './documents.ts';

/** The largest OpenCert that is looked at. */
const largestBytes = 2 * 1024 * 1024;

/**
 * Reads documents from one folder and the folders in it: a name that leads out of it, by `..`, from the root or by a link, is not there,
 * and neither is a file above 2 MiB.
 */
export function documentsIn(folder: string): ReadDocument {
  return async (name) => {
    try {
      const [root, path] = [await realpath(folder), await realpath(join(folder, name))];
      if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
      const { size } = await stat(path);
      return size > largestBytes ? undefined : await readFile(path, 'utf8');
    } catch {
      return undefined;
    }
  };
}
