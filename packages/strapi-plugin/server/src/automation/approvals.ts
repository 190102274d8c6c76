import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import type { Approval, ApprovalPage } from '../../../contract/automation.ts';
import type { EntryAwardPlace } from '../../../contract/entry-awards.ts';
import { localeOf } from '../awards/published-entries.ts';
import { labelsOfEntries } from '../permissions/entry-labels.ts';
import { readableDocumentIds } from '../permissions/readable-entries.ts';
import { serviceOf } from '../plugin-services.ts';
import { staffNames } from '../staff/staff-names.ts';
import { type ApprovalPosition, automatedEntryRows, unconnected } from './automated-entry-rows.ts';
import type { AutomatedEntryRow } from './automated-entry-table.ts';
import { issuedOf, placeOf } from './issued-of.ts';

const pageSize = 50;

/**
 * What waits for a person, those of its entries that the asker may read. Approving is issuing, on this page or on any other: what was issued
 * meanwhile waits no longer.
 */
export async function listApprovals(
  strapi: Core.Strapi,
  context: Pick<Context, 'state'>,
  cursor?: string,
): Promise<ApprovalPage> {
  const { issuer } = serviceOf(strapi, 'connection').required();
  const rows = await automatedEntryRows(strapi).approvals(issuer, pageSize + 1, positionOf(cursor));
  const page = rows.slice(0, pageSize);
  const waiting = await stillWaiting(strapi, page);
  const readable = await readableOf(strapi, context, waiting);
  const names = await staffNames(
    strapi,
    waiting.flatMap(({ publishedBy }) => publishedBy ?? []),
  );
  const labels = new Map((await serviceOf(strapi, 'mappings').all()).map(({ name, title }) => [name, title]));
  const approvals = waiting
    .filter((row) => readable.has(nameOf(row)))
    .map((row): Approval => {
      const { mapping, reason, publishedAt, publishedBy } = row;
      return {
        ...placeOf(row),
        mapping,
        label: labels.get(mapping) ?? mapping,
        ...titleOf(readable.get(nameOf(row))),
        reason: reason ?? 'nobody',
        publishedAt,
        ...(publishedBy === null ? {} : { publishedBy: names(publishedBy) }),
      };
    });
  const last = page.at(-1);
  return {
    approvals,
    ...(rows.length > pageSize && last !== undefined
      ? { cursor: `${last.publishedAt}.${last.documentId}.${last.mapping}` }
      : {}),
  };
}

/** Lets an entry wait no longer. It can be issued from its own page all the same. */
export async function dismiss(strapi: Core.Strapi, award: EntryAwardPlace): Promise<void> {
  await automatedEntryRows(strapi).forget(await waitingRow(strapi, award));
}

async function waitingRow(
  strapi: Core.Strapi,
  { contentType, documentId, locale, mapping }: EntryAwardPlace,
): Promise<AutomatedEntryRow> {
  const { issuer } = serviceOf(strapi, 'connection').required();
  const rows = automatedEntryRows(strapi);
  const key = { mapping, documentId, locale: (await localeOf(strapi, contentType, locale)) ?? '' };
  for (const of of [issuer, unconnected]) {
    const row = await rows.find({ issuer: of, ...key });
    if (row?.state === 'approval' && row.contentType === contentType) return row;
  }
  throw new errors.NotFoundError('This entry does not wait for an approval any more: load the list again.');
}

/** Those that were not issued by a person meanwhile; the others are forgotten. */
async function stillWaiting(
  strapi: Core.Strapi,
  rows: readonly AutomatedEntryRow[],
): Promise<AutomatedEntryRow[]> {
  const waiting: AutomatedEntryRow[] = [];
  for (const group of grouped(rows)) {
    const issued = await issuedOf(strapi, group);
    for (const row of group) {
      if (issued.has(row)) await automatedEntryRows(strapi).forget(row);
      else waiting.push(row);
    }
  }
  const place = new Map(rows.map((row, at) => [row, at]));
  return waiting.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
}

const titleOf = (title: string | undefined) => (title === undefined ? {} : { title });

/** The names of the rows whose entry may be read, and its title, if that may be seen: two queries for each content type and language. */
async function readableOf(
  strapi: Core.Strapi,
  context: Pick<Context, 'state'>,
  rows: readonly AutomatedEntryRow[],
): Promise<ReadonlyMap<string, string | undefined>> {
  const readable = new Map<string, string | undefined>();
  for (const group of grouped(rows)) {
    const [first] = group;
    if (first === undefined || strapi.contentTypes[first.contentType as never] === undefined) continue;
    const { documentId: _one, ...place } = placeOf(first);
    const documentIds = group.map(({ documentId }) => documentId);
    const found = await readableDocumentIds(strapi, context, { ...place, documentIds });
    const titles = await labelsOfEntries(strapi, context, { ...place, documentIds: found });
    const mayRead = new Set(found);
    for (const row of group) {
      if (mayRead.has(row.documentId)) readable.set(nameOf(row), titles.get(row.documentId));
    }
  }
  return readable;
}

/** Rows of one content type and language together. */
function grouped(rows: readonly AutomatedEntryRow[]): AutomatedEntryRow[][] {
  const groups = new Map<string, AutomatedEntryRow[]>();
  for (const row of rows) {
    const group = `${row.contentType} ${row.locale}`;
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return [...groups.values()];
}

function nameOf({ contentType, documentId, locale }: AutomatedEntryRow): string {
  return `${contentType} ${locale} ${documentId}`;
}

function positionOf(cursor: string | undefined): ApprovalPosition | undefined {
  if (cursor === undefined) return undefined;
  const [, publishedAt, documentId, mapping] = /^(\d{1,16})\.(\w{1,100})\.(.{1,100})$/.exec(cursor) ?? [];
  if (publishedAt === undefined || documentId === undefined || mapping === undefined)
    throw new errors.ValidationError('cursor: it must come from the page before.');
  return { publishedAt: Number(publishedAt), documentId, mapping };
}
