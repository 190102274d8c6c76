import type { Core, UID } from '@strapi/types';
import type { Context } from 'koa';
import { permissionChecker } from '../permissions/readable-entry.ts';

/**
 * What the Content Manager calls entries: the value of their main field, by `documentId`; of none when that field is closed to whoever asks. It may
 * be a name. Check first that the entries may be read.
 */
export async function entryLabels(
  strapi: Core.Strapi,
  { state }: Pick<Context, 'state'>,
  place: { readonly contentType: string; readonly documentIds: readonly string[]; readonly locale?: string },
): Promise<ReadonlyMap<string, string>> {
  const { contentType, documentIds, locale } = place;
  const model = strapi.contentTypes[contentType as UID.ContentType];
  if (model === undefined || documentIds.length === 0) return new Map();
  const { settings } = (await strapi
    .plugin('content-manager')
    .service('content-types')
    .findConfiguration(model)) as { readonly settings?: { readonly mainField?: string } };
  const mainField = settings?.mainField ?? 'documentId';
  if (permissionChecker(strapi, state, contentType).cannot.read(undefined, mainField)) return new Map();
  const found: unknown = await strapi.documents(contentType as UID.ContentType).findMany({
    filters: { documentId: { $in: [...documentIds] } },
    fields: [mainField],
    limit: documentIds.length,
    ...(locale === undefined ? {} : { locale }),
  } as never);
  const labels = (found as ReadonlyArray<Record<string, unknown>>).flatMap((entry) => {
    const value = entry[mainField];
    const isText = typeof value === 'string' || typeof value === 'number';
    return isText ? [[String(entry['documentId']), String(value)] as const] : [];
  });
  return new Map(labels);
}
