import type { AwardSummary } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import type { EntryAwardState } from '../../../contract/entry-awards.ts';
import { entryKey } from '../mapping/entry-key.ts';
import { serviceOf } from '../plugin-services.ts';
import { noteAwarded } from './entry-award-notes.ts';
import { entryAwardRows } from './entry-award-rows.ts';
import type { EntryAwardRow } from './entry-award-table.ts';
import { entryVersionOf } from './entry-version.ts';
import { localeOf, publishedEntries } from './published-entries.ts';

/** Entries of one content type in one language. */
export interface AskedEntries {
  readonly contentType: string;
  readonly documentIds: readonly string[];
  readonly locale?: string | undefined;
}

/** One award that an entry has or may get. */
export interface FoundAward {
  readonly documentId: string;
  readonly mapping: string;
  readonly label: string;
  /** Whether the mapping is there and on. */
  readonly mayIssue: boolean;
  readonly key: string;
  /** Absent when nothing was issued. */
  readonly status?: AwardSummary;
  /** What is noted of it. */
  readonly row?: EntryAwardRow;
  /** Of the entry now; absent when there is no published version. */
  readonly published?: string;
}

/** Where the awards of entries stand, by `documentId`. */
export async function statesOfEntries(
  strapi: Core.Strapi,
  asked: AskedEntries,
): Promise<ReadonlyMap<string, readonly EntryAwardState[]>> {
  const states = new Map<string, EntryAwardState[]>(asked.documentIds.map((id) => [id, []]));
  for (const found of await awardsOfEntries(strapi, asked))
    states.get(found.documentId)?.push(stateOf(found));
  return states;
}

/** The awards of entries, those by a mapping that is gone too. A fixed number of queries, however many entries. */
export async function awardsOfEntries(
  strapi: Core.Strapi,
  { contentType, documentIds, locale: askedLocale }: AskedEntries,
): Promise<FoundAward[]> {
  const { addFlow } = serviceOf(strapi, 'connection').required();
  const locale = await localeOf(strapi, contentType, askedLocale);
  const [mappings, rows] = await Promise.all([
    serviceOf(strapi, 'mappings').ofContentType(contentType),
    entryAwardRows(strapi).ofEntries(contentType, documentIds, locale ?? ''),
  ]);
  const labels = new Map(mappings.map(({ name, title }) => [name, title]));
  const rowOf = new Map(rows.map((row) => [placeOf(row), row]));
  const places = new Map<string, { readonly documentId: string; readonly mapping: string }>();
  for (const documentId of documentIds) {
    for (const mapping of labels.keys())
      places.set(placeOf({ documentId, mapping }), { documentId, mapping });
  }
  for (const row of rows) places.set(placeOf(row), row);
  if (places.size === 0) return [];
  const wanted = [...places].map(([place, { documentId, mapping }]) => ({
    documentId,
    mapping,
    label: labels.get(mapping) ?? mapping,
    mayIssue: labels.has(mapping),
    key: entryKey({ contentType, name: mapping }, { documentId, locale }),
    row: rowOf.get(place),
  }));
  const statuses = await addFlow.statuses(wanted.map(({ key }) => key));
  const versions = await versionsOf(strapi, { contentType, documentIds, locale });
  const found = wanted.flatMap(({ row, ...one }) => {
    const status = statuses.get(one.key);
    const published = versions.get(one.documentId);
    // A mapping that is gone, and nothing was issued by it.
    if (status === undefined && !one.mayIssue) return [];
    return [
      {
        ...one,
        ...(row === undefined ? {} : { row }),
        ...(status === undefined ? {} : { status }),
        ...(published === undefined ? {} : { published }),
      },
    ];
  });
  return catchUp(strapi, contentType, locale, found);
}

/** Where an award stands, as staff see it. */
export function stateOf({ mapping, label, status, row, published }: FoundAward): EntryAwardState {
  if (status === undefined)
    return { mapping, label, state: 'not_issued', evidence: 'observed', changed: false };
  const { state, evidence, behindClosedLink } = status;
  const closed = state === 'withdrawn' || state === 'erased';
  const from = row?.entryVersion ?? undefined;
  return {
    mapping,
    label,
    state,
    evidence,
    ...(behindClosedLink === undefined ? {} : { behindClosedLink }),
    changed: !closed && from !== undefined && published !== undefined && published > from,
  };
}

/** Notes awards that were made without anybody noting it: the process died in between. Each is asked about by itself; there are none as a rule. */
async function catchUp(
  strapi: Core.Strapi,
  contentType: string,
  locale: string | undefined,
  found: readonly FoundAward[],
): Promise<FoundAward[]> {
  const { addFlow } = serviceOf(strapi, 'connection').required();
  return Promise.all(
    found.map(async (one) => {
      const { documentId, mapping, key, status, row } = one;
      if (status === undefined || row?.awardId === status.awardId) return one;
      const { history = [], sourceVersion } = (await addFlow.status(key)) ?? {};
      const who = history[0]?.who;
      if (sourceVersion === undefined || who === undefined) return one;
      const origin = { contentType, documentId, mapping, key, ...(locale === undefined ? {} : { locale }) };
      const noted = { ...origin, awardId: status.awardId, entryVersion: sourceVersion, runId: '', who };
      await noteAwarded(strapi, [noted]);
      return row === undefined ? one : { ...one, row: { ...row, entryVersion: sourceVersion } };
    }),
  );
}

async function versionsOf(
  strapi: Core.Strapi,
  { contentType, documentIds, locale }: AskedEntries,
): Promise<ReadonlyMap<string, string>> {
  const entries = await publishedEntries(strapi, contentType, documentIds, {
    locale,
    fields: ['documentId', 'publishedAt', 'updatedAt'],
  });
  return new Map(entries.map((entry) => [entry.documentId, entryVersionOf(entry)]));
}

function placeOf({ documentId, mapping }: { readonly documentId: string; readonly mapping: string }): string {
  return `${documentId} ${mapping}`;
}
