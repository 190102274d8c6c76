import type { AwardSummary } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { EntryAwardPlace } from '../../../contract/entry-awards.ts';
import { entryKey } from '../mapping/entry-key.ts';
import { serviceOf } from '../plugin-services.ts';
import { localeOf } from './published-entries.ts';

/** The business key of the award of an entry; it needs neither the mapping nor the entry to be there still. */
export async function keyOfAward(
  strapi: Core.Strapi,
  { contentType, documentId, locale, mapping }: EntryAwardPlace,
): Promise<string> {
  const language = await localeOf(strapi, contentType, locale);
  return entryKey({ contentType, name: mapping }, { documentId, locale: language });
}

/** @throws {NotFoundError} when nothing was issued of this entry by this mapping. */
export async function issuedAward(strapi: Core.Strapi, award: EntryAwardPlace): Promise<AwardSummary> {
  const { addFlow } = serviceOf(strapi, 'connection').required();
  const key = await keyOfAward(strapi, award);
  const found = (await addFlow.statuses([key])).get(key);
  if (found === undefined)
    throw new errors.NotFoundError('Nothing was issued for this entry with this mapping: issue it first.');
  return found;
}
