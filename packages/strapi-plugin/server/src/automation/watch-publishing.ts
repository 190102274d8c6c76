import { systemClock } from '@seek-pass-kit/core';
import type { Core } from '@strapi/types';
import { localeOf } from '../awards/published-entries.ts';
import { serviceOf } from '../plugin-services.ts';
import { automatedEntryRows, type AutomatedEntryRows, unconnected } from './automated-entry-rows.ts';
import { isMeant, readRules } from './automation-rules.ts';

/** What of an entry is looked at when it was published. */
interface PublishedEntry {
  readonly documentId: string;
  readonly locale?: string | null;
  readonly [field: string]: unknown;
}

const publishing = new Set(['publish', 'create', 'update', 'clone']);
const taking = new Set(['unpublish', 'delete']);

/**
 * Notes which entries are published while a rule is about them, and forgets those that a rule was about and that are published otherwise now, or
 * not at all. The note is stored in the transaction that publishes: both are, or none is. Issuing comes later and elsewhere: a publishing
 * that is undone issues nothing, and none waits for SEEK Pass.
 */
export function watchPublishing(strapi: Core.Strapi): void {
  strapi.documents.use(async (context, next) => {
    const { uid, action } = context;
    if (!publishing.has(action) && !taking.has(action)) return next();
    const watched = await watchedMappings(strapi, uid);
    if (watched.length === 0) return next();
    return strapi.db.transaction(async ({ trx }) => {
      const result = await next();
      const rows = automatedEntryRows(strapi, trx);
      if (taking.has(action)) await forget(strapi, rows, uid, watched, entriesOf(result));
      else await note(strapi, rows, uid, watched, publishedBy(action, result));
      return result;
    });
  });
}

interface WatchedMapping {
  readonly mapping: string;
  readonly isMeant: (entry: PublishedEntry) => boolean;
}

/** The mappings of a content type that ever had a rule. */
async function watchedMappings(strapi: Core.Strapi, contentType: string): Promise<WatchedMapping[]> {
  const rules = await readRules(strapi);
  if (Object.keys(rules).length === 0) return [];
  const mappings = await serviceOf(strapi, 'mappings').all();
  return mappings.flatMap(({ name: mapping, enabled, ...its }) => {
    const rule = rules[mapping];
    if (rule === undefined || its.contentType !== contentType) return [];
    return [{ mapping, isMeant: (entry) => enabled && isMeant(rule, entry) }];
  });
}

async function note(
  strapi: Core.Strapi,
  rows: AutomatedEntryRows,
  contentType: string,
  watched: readonly WatchedMapping[],
  entries: readonly PublishedEntry[],
): Promise<void> {
  const issuer = serviceOf(strapi, 'connection').current()?.issuer;
  const published = {
    issuer: issuer ?? unconnected,
    contentType,
    publishedBy: administratorOf(strapi),
    publishedAt: systemClock.now(),
    leasedUntil: 0,
    ...(issuer === undefined
      ? ({ state: 'approval', reason: 'nobody' } as const)
      : ({ state: 'waiting', reason: null } as const)),
  };
  for (const entry of entries) {
    const meant = watched.filter((one) => one.isMeant(entry));
    const others = watched.filter((one) => !meant.includes(one));
    await forget(strapi, rows, contentType, others, [entry]);
    const { documentId } = entry;
    const locale = (await localeOf(strapi, contentType, entry.locale ?? undefined)) ?? '';
    for (const { mapping } of meant) await rows.note({ ...published, mapping, documentId, locale });
  }
}

/** What was noted of these entries stands no more. */
async function forget(
  strapi: Core.Strapi,
  rows: AutomatedEntryRows,
  contentType: string,
  watched: readonly WatchedMapping[],
  entries: readonly PublishedEntry[],
): Promise<void> {
  const issuer = serviceOf(strapi, 'connection').current()?.issuer ?? unconnected;
  for (const entry of entries) {
    const { documentId } = entry;
    const locale = (await localeOf(strapi, contentType, entry.locale ?? undefined)) ?? '';
    for (const { mapping } of watched) {
      for (const of of new Set([issuer, unconnected]))
        await rows.remove({ issuer: of, mapping, documentId, locale });
    }
  }
}

/** Entries that were published by an action of the document service; for content types without drafts, that were saved. */
function publishedBy(action: string, result: unknown): PublishedEntry[] {
  if (typeof result !== 'object' || result === null) return [];
  const entries = action === 'publish' || action === 'clone' ? entriesOf(result) : [result as PublishedEntry];
  return entries.filter(({ publishedAt }) => publishedAt !== null && publishedAt !== undefined);
}

/** Those of an answer of the document service. */
function entriesOf(result: unknown): PublishedEntry[] {
  const { entries } = Object(result) as { readonly entries?: unknown };
  return Array.isArray(entries) ? (entries as PublishedEntry[]) : [];
}

/** The member of staff whose request this is; `null` when no member of staff asked: the content API, a schedule, a script. */
function administratorOf(strapi: Core.Strapi): string | null {
  const state = strapi.requestContext.get()?.state as
    | {
        readonly auth?: { readonly strategy?: { readonly name?: string } };
        readonly user?: { readonly id: number };
      }
    | undefined;
  if (state?.auth?.strategy?.name !== 'admin' || state.user === undefined) return null;
  return `strapi:${state.user.id}`;
}
