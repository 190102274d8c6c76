import type { Core, UID } from '@strapi/types';
import type { Context } from 'koa';
import type { EntryPlace } from '../../../contract/entry-place.ts';
import { askerMay } from './asker.ts';
import { permissionChecker } from './readable-entry.ts';

type Entry = Readonly<Record<string, unknown>>;

/**
 * What the Content Manager shows as the title of entries of a content type. It may be somebody's name, so there is none for whoever may not
 * see personal data, or not that field.
 */
export async function entryLabels(
  strapi: Core.Strapi,
  context: Pick<Context, 'state'>,
  contentType: string,
): Promise<(entry: Entry) => string | undefined> {
  if (!askerMay(context, 'personal-data')) return () => undefined;
  const field = await labelField(strapi, contentType);
  if (field === undefined) return () => undefined;
  const checker = permissionChecker(strapi, context.state, contentType);
  return (entry) => {
    const label = checker.cannot.read(entry, field) ? undefined : entry[field];
    return typeof label === 'string' || typeof label === 'number' ? String(label) : undefined;
  };
}

/** The titles of these entries by document id; those that whoever asks may not see are left out. Ask only for entries that they may read. */
export async function labelsOfEntries(
  strapi: Core.Strapi,
  context: Pick<Context, 'state'>,
  {
    contentType,
    documentIds,
    locale,
  }: Omit<EntryPlace, 'documentId'> & { readonly documentIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const labelOf = await entryLabels(strapi, context, contentType);
  const entries = await strapi.documents(contentType as UID.ContentType).findMany({
    filters: { documentId: { $in: [...documentIds] } },
    limit: documentIds.length,
    ...(locale === undefined ? {} : { locale }),
  } as never);
  return new Map(
    entries.flatMap((entry) => {
      const label = labelOf(entry);
      return label === undefined ? [] : [[entry.documentId, label] as const];
    }),
  );
}

async function labelField(strapi: Core.Strapi, contentType: string): Promise<string | undefined> {
  const types = strapi.plugin('content-manager').service('content-types');
  const { settings } = (await types.findConfiguration(
    strapi.contentType(contentType as UID.ContentType),
  )) as {
    readonly settings?: { readonly mainField?: string };
  };
  const field = settings?.mainField;
  return field === 'id' ? undefined : field;
}
