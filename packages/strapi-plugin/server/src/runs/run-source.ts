import type { ColumnMapping, RunVault } from '@seek-pass-kit/flows/bulk';
import type { ListQuery } from './listed-entries.ts';
import type { StoredRun } from './run-tables.ts';

/** Where the rows of a run come from, beyond what its row says: sealed, as a filter may hold a name. */
export type SealedSource =
  | { readonly query: ListQuery }
  | {
      readonly fileId: string;
      readonly mapping: ColumnMapping;
      /** Of a workbook. Absent: the first that is shown. */
      readonly sheet?: string;
      readonly delimiter?: string;
    };

const place = 'source';

export function sealSource(vault: RunVault, source: SealedSource): Uint8Array {
  return vault.seal(place, Buffer.from(JSON.stringify(source)));
}

/** `undefined` when the rows are stored themselves. */
export function openSource(
  vault: RunVault,
  { sealedSource }: Pick<StoredRun, 'sealedSource'>,
): SealedSource | undefined {
  if (sealedSource === null) return undefined;
  return JSON.parse(Buffer.from(vault.open(place, sealedSource)).toString('utf8')) as SealedSource;
}
