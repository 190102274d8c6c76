import { readFile } from 'node:fs/promises';
import type { CredentialType } from '@seek-pass-kit/core';
import { type BulkFile, documentsIn, mappingFromYaml } from '@seek-pass-kit/flows/bulk';
import { readBytes, unreadable } from './source-file.ts';

/** Options of the commands that read a file of rows. */
export interface RowsFileOptions {
  readonly type?: CredentialType;
  readonly delimiter?: string;
  readonly sheet?: string;
  /** Path of a mapping. */
  readonly mapping?: string;
  /** Path of a folder. */
  readonly documents?: string;
}

/** A CSV file or a workbook, to be read as these options say. `maxBytes`: of one document; default 10 MiB. */
export async function rowsFile(
  path: string,
  { type, delimiter, sheet, mapping, documents }: RowsFileOptions,
  maxBytes?: number,
): Promise<BulkFile> {
  return {
    open: () => readBytes(path),
    type,
    delimiter,
    sheet,
    mapping: mapping === undefined ? undefined : mappingFromYaml(await readText(mapping)),
    readDocument: documents === undefined ? undefined : documentsIn(documents, maxBytes),
  };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}
