import { systemClock } from '@seek-pass-kit/core';
import type { Core } from '@strapi/types';
import { localeOf } from '../awards/published-entries.ts';
import { serviceOf } from '../plugin-services.ts';
import { automatedEntryRows, unconnected } from './automated-entry-rows.ts';
import { isMeant, readRules } from './automation-rules.ts';

/** What of an entry is looked at when it was published. */
interface PublishedEntry {
  readonly documentId: string;
  readonly locale?: string | null;
  readonly [field: string]: unknown;
}

/**
 * Notes which entries are published while a rule is about them. The note is stored in the transaction of Strapi that publishes: both are, or
 * none is. Issuing comes later and elsewhere: a publishing that is undone issues nothing, and none waits for SEEK Pass.
 */
export function watchPublishing(strapi: Core.Strapi): void {
  strapi.documents.use(async (context, next) => {
    const result = await next();
    const { uid, action } = context;
    if (!['publish', 'create', 'update', 'clone'].includes(action)) return result;
    const entries = publishedBy(action, result);
    if (entries.length > 0) await note(strapi, uid, entries);
    return result;
  });
}

async function note(
  strapi: Core.Strapi,
  contentType: string,
  entries: readonly PublishedEntry[],
): Promise<void> {
  const rules = await readRules(strapi);
  if (!Object.values(rules).some(({ enabled }) => enabled)) return;
  const mappings = await serviceOf(strapi, 'mappings').ofContentType(contentType);
  const meant = mappings.flatMap(({ name }) => {
    const rule = rules[name];
    return rule === undefined
      ? []
      : entries.filter((entry) => isMeant(rule, entry)).map((entry) => ({ mapping: name, entry }));
  });
  if (meant.length === 0) return;
  const issuer = serviceOf(strapi, 'connection').current()?.issuer;
  const published = {
    issuer: issuer ?? unconnected,
    contentType,
    publishedBy: administratorOf(strapi),
    publishedAt: systemClock.now(),
    leasedUntil: 0,
    decidedAt: null,
    ...(issuer === undefined
      ? ({ state: 'approval', reason: 'nobody' } as const)
      : ({ state: 'waiting', reason: null } as const)),
  };
  await strapi.db.transaction(async ({ trx }) => {
    const rows = automatedEntryRows(strapi, trx);
    for (const { mapping, entry } of meant) {
      const locale = (await localeOf(strapi, contentType, entry.locale ?? undefined)) ?? '';
      await rows.note({ ...published, mapping, documentId: entry.documentId, locale });
    }
  });
}

/** Entries that were published by an action of the document service; for content types without drafts, that were saved. */
function publishedBy(action: string, result: unknown): PublishedEntry[] {
  if (typeof result !== 'object' || result === null) return [];
  const entries: unknown =
    action === 'publish' || action === 'clone'
      ? (result as { readonly entries?: unknown }).entries
      : [result];
  return (Array.isArray(entries) ? (entries as PublishedEntry[]) : []).filter(
    ({ publishedAt }) => publishedAt !== null && publishedAt !== undefined,
  );
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
