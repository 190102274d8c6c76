import type { Core, UID } from '@strapi/types';
import type { Entry } from '../permissions/readable-entry.ts';

/** The published versions of entries of one content type in one language. Those without one are left out. */
export async function publishedEntries(
  strapi: Core.Strapi,
  contentType: string,
  documentIds: readonly string[],
  { locale, ...select }: PublishedQuery = {},
): Promise<Entry[]> {
  const found: unknown = await strapi.documents(contentType as UID.ContentType).findMany({
    ...select,
    filters: { documentId: { $in: [...documentIds] } },
    status: 'published',
    limit: documentIds.length,
    ...(locale === undefined ? {} : { locale }),
  } as never);
  return found as Entry[];
}

interface PublishedQuery {
  readonly locale?: string | undefined;
  readonly fields?: readonly string[];
  readonly populate?: Record<string, unknown>;
}

/**
 * The language in which entries of a content type are asked for; `undefined` where it is not translated, whatever was asked. Without one it is
 * the first language of the site.
 */
export async function localeOf(
  strapi: Core.Strapi,
  contentType: string,
  asked: string | undefined,
): Promise<string | undefined> {
  const { pluginOptions } = strapi.contentTypes[contentType as UID.ContentType] ?? {};
  const { localized } = (pluginOptions?.['i18n'] ?? {}) as { readonly localized?: boolean };
  if (localized !== true) return undefined;
  if (asked !== undefined) return asked;
  return (await strapi.plugin('i18n').service('locales').getDefaultLocale()) as string;
}
