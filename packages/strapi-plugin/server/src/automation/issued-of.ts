import type { Core } from '@strapi/types';
import type { EntryPlace } from '../../../contract/entry-place.ts';
import { serviceOf } from '../plugin-services.ts';
import type { AutomatedEntryRow } from './automated-entry-table.ts';

/** Those that have an award of their mapping, whatever became of it. They are of one content type and language. */
export async function issuedOf(
  strapi: Core.Strapi,
  rows: readonly AutomatedEntryRow[],
): Promise<ReadonlySet<AutomatedEntryRow>> {
  const [first] = rows;
  if (first === undefined) return new Set();
  const states = await serviceOf(strapi, 'entry-awards').statesOf(
    first.contentType,
    rows.map(({ documentId }) => documentId),
    placeOf(first).locale,
  );
  return new Set(
    rows.filter(({ documentId, mapping }) =>
      (states.get(documentId) ?? []).some((one) => one.mapping === mapping && one.state !== 'not_issued'),
    ),
  );
}

/** Where the entry of a row is. */
export function placeOf({ contentType, documentId, locale }: AutomatedEntryRow): EntryPlace {
  return { contentType, documentId, ...(locale === '' ? {} : { locale }) };
}
