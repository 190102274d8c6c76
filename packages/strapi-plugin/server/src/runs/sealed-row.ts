import type { AwardInput } from '@seek-pass-kit/flows';
import type { RunVault } from '@seek-pass-kit/flows/bulk';
import type { StoredRow } from './run-tables.ts';

/** What an imported row keeps: its key, and what it would be issued as until it is issued. */
export interface KeptRow {
  readonly key: string;
  readonly input?: AwardInput;
}

const placeOf = (number: number): string => `row ${number}`;

export function sealRow(vault: RunVault, number: number, row: KeptRow): Uint8Array {
  return vault.seal(placeOf(number), Buffer.from(JSON.stringify(row)));
}

/** Without what it would be issued as. */
export function withoutInput(vault: RunVault, row: StoredRow): StoredRow {
  if (row.sealed === null) return row;
  return { ...row, sealed: sealRow(vault, row.number, { key: openRow(vault, row).key }) };
}

export function openRow(vault: RunVault, { number, sealed }: Pick<StoredRow, 'number' | 'sealed'>): KeptRow {
  if (sealed === null) return { key: '' };
  return JSON.parse(Buffer.from(vault.open(placeOf(number), sealed)).toString('utf8')) as KeptRow;
}
