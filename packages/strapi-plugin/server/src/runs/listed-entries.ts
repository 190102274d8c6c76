import type { Core } from '@strapi/types';
import type { RunStaff } from './run-staff.ts';

/** What the Content Manager asks for its list view: filters, search, locale, status. Without page and order. */
export type ListQuery = Readonly<Record<string, unknown>>;

interface ListedEntry {
  readonly id: number;
  readonly documentId: string;
}

const pageSize = 100;

/**
 * The entries that the list view shows for this query, page by page, each once: asked of the Content Manager itself, so that nothing is
 * issued that was not in the list. What this member of staff may not read is not in it. A page begins after the last entry of the one
 * before: entries that come or go meanwhile shift nothing.
 */
export async function* listedEntries(
  strapi: Core.Strapi,
  staff: RunStaff,
  contentType: string,
  query: ListQuery,
): AsyncGenerator<readonly ListedEntry[], void, undefined> {
  let after = 0;
  for (;;) {
    const page = await askList(strapi, staff, contentType, {
      ...query,
      ...withFilter(query, { id: { $gt: after } }),
      sort: 'id:ASC',
      page: 1,
      pageSize,
    });
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.id;
    yield page;
    if (page.length < pageSize) return;
  }
}

/** Those of these documents whose published version fits the query, too: a list shows drafts, and only what is published is issued. */
export async function publishedInList(
  strapi: Core.Strapi,
  staff: RunStaff,
  contentType: string,
  query: ListQuery,
  documentIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await askList(strapi, staff, contentType, {
    ...query,
    ...withFilter(query, { documentId: { $in: [...documentIds] } }),
    status: 'published',
    sort: 'id:ASC',
    page: 1,
    pageSize: documentIds.length,
  });
  return new Set(found.map(({ documentId }) => documentId));
}

function withFilter(query: ListQuery, filter: object): { readonly filters: { readonly $and: unknown[] } } {
  const { filters } = query;
  if (typeof filters !== 'object' || filters === null) return { filters: { $and: [filter] } };
  const { $and, ...others } = filters as { readonly $and?: unknown };
  const rest = Object.keys(others).length === 0 ? [] : [others];
  // The Content Manager looks for its own filters in this very list.
  return { filters: { $and: [...(Array.isArray($and) ? ($and as unknown[]) : []), ...rest, filter] } };
}

/** Asks as the list view does, by the controller that answers it. */
async function askList(
  strapi: Core.Strapi,
  { ability, user }: RunStaff,
  model: string,
  query: Record<string, unknown>,
): Promise<readonly ListedEntry[]> {
  const context = {
    state: { userAbility: ability, user },
    params: { model },
    query,
    request: { query },
    body: undefined as { readonly results: readonly ListedEntry[] } | undefined,
    forbidden: () => undefined,
  };
  const controller = strapi
    .plugin('content-manager')
    .controller<{ find(context: unknown): Promise<void> }>('collection-types');
  await controller.find(context);
  return context.body?.results ?? [];
}
