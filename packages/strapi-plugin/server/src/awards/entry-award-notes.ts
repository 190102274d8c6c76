import type { AddFlow } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { serviceOf } from '../plugin-services.ts';
import { entryAwardRows } from './entry-award-rows.ts';
import type { EntryAwardRow } from './entry-award-table.ts';
import type { EntryAwarded, EntryOrigin } from './entry-awards-service.ts';

/** The row of an award that is not made yet. */
export function rowOfOrigin(
  addFlow: AddFlow,
  { key, contentType, documentId, locale = '', mapping }: EntryOrigin,
): Omit<EntryAwardRow, 'issuer'> {
  return {
    keyHash: addFlow.keyHash(key),
    contentType,
    documentId,
    locale,
    mapping,
    awardId: null,
    entryVersion: null,
    runId: null,
    who: null,
    notedAt: addFlow.context.clock.now(),
  };
}

/** Notes which award an entry has now, and from which version of it. */
export async function noteAwarded(strapi: Core.Strapi, awarded: readonly EntryAwarded[]): Promise<void> {
  const { addFlow } = serviceOf(strapi, 'connection').required();
  await entryAwardRows(strapi).put(
    awarded.map(({ awardId, entryVersion, runId, who, ...origin }) => ({
      ...rowOfOrigin(addFlow, origin),
      awardId,
      entryVersion,
      runId,
      who,
    })),
  );
}
