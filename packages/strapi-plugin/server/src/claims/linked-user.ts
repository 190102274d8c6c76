import type { Core, UID } from '@strapi/types';
import type { SiteMapping } from '../../../contract/mapping.ts';
import { entryKey, type KeyedEntry, placeInKey } from '../mapping/entry-key.ts';
import { readValues } from '../mapping/read-values.ts';
import { siteSchemas } from '../mapping/site-schemas.ts';
import type { Entry } from '../permissions/readable-entry.ts';
import { serviceOf } from '../plugin-services.ts';
import { openLinkFinding } from './open-link-finding.ts';

/**
 * Of the awards with these keys, those whose entries staff link to this user now (security rule 24). An award holds whom its entry led to when
 * it was issued; whoever was unlinked since, or whose entry is gone, has no part in it any more. The published version of an entry counts;
 * where there is none, the draft. A fixed number of queries for each mapping and language.
 */
export async function keysLinkedTo(
  strapi: Core.Strapi,
  subject: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const groups = new Map<string, KeyedEntry[]>();
  for (const place of keys.map(placeInKey)) {
    if (place === undefined) continue;
    const group = JSON.stringify([place.mapping, place.contentType, place.locale]);
    groups.set(group, [...(groups.get(group) ?? []), place]);
  }
  const linked = new Set<string>();
  for (const places of groups.values()) {
    for (const key of await linkedInGroup(strapi, subject, places)) linked.add(key);
  }
  return linked;
}

/** Of entries of one mapping, in one language. */
async function linkedInGroup(
  strapi: Core.Strapi,
  subject: string,
  places: readonly KeyedEntry[],
): Promise<string[]> {
  const [first] = places;
  const mapping = await serviceOf(strapi, 'mappings').find(first?.mapping ?? '');
  if (first === undefined || mapping?.contentType !== first.contentType) return [];
  if ((await openLinkFinding(strapi, mapping)) !== undefined) return [];
  const published = await entriesOf(strapi, mapping, places, 'published');
  const found = new Set(published.map(({ documentId }) => documentId));
  const unpublished = places.filter(({ documentId }) => !found.has(documentId));
  const drafts = unpublished.length === 0 ? [] : await entriesOf(strapi, mapping, unpublished, 'draft');
  return [...published, ...drafts]
    .filter((entry) => readValues(siteSchemas(strapi), mapping, entry).values.get('subject') === subject)
    .map(({ documentId }) =>
      entryKey(mapping, { documentId, ...(first.locale === undefined ? {} : { locale: first.locale }) }),
    );
}

async function entriesOf(
  strapi: Core.Strapi,
  mapping: SiteMapping,
  places: readonly KeyedEntry[],
  status: 'published' | 'draft',
): Promise<Entry[]> {
  const locale = places[0]?.locale;
  const entries = await strapi.documents(mapping.contentType as UID.ContentType).findMany({
    filters: { documentId: { $in: places.map(({ documentId }) => documentId) } },
    limit: places.length,
    status,
    ...(locale === undefined ? {} : { locale }),
    populate: serviceOf(strapi, 'mappings').populateOf(mapping) as never,
  } as never);
  return entries;
}
