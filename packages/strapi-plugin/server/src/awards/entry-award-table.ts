import { type Table, table } from '../store/table.ts';

/**
 * From which entry the awards of a business key come. One row a key, written before the first award is: so it holds for every version of the
 * award, and a list of awards finds the entry by `issuer` and `key_hash`.
 */
export interface EntryAwardRow {
  readonly issuer: string;
  /** As in the table of awards. */
  readonly keyHash: Uint8Array;
  readonly contentType: string;
  readonly documentId: string;
  /** Empty when the content type is not translated. */
  readonly locale: string;
  /** Name of the mapping. */
  readonly mapping: string;
  /** The newest award, as far as it is noted: `null` until it is made, and when the process died before it could note it. */
  readonly awardId: string | null;
  /** The newest published version of the entry that gives this award. */
  readonly entryVersion: string | null;
  readonly runId: string | null;
  /** `strapi:<id of the administrator>` */
  readonly who: string | null;
  /** Milliseconds since the epoch. */
  readonly notedAt: number;
}

export const entryAwardTable: Table<EntryAwardRow> = table('entry_awards', {
  issuer: 'key',
  keyHash: 'hash',
  contentType: 'key',
  documentId: 'key',
  locale: 'key',
  mapping: 'key',
  awardId: 'key',
  entryVersion: 'text',
  runId: 'text',
  who: 'text',
  notedAt: 'time',
});
