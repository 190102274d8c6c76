import type { Core, UID } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import type { EntryPlace } from '../../../contract/entry-place.ts';
import { permissionChecker } from './readable-entry.ts';

/** Which of these entries whoever asks may read in the Content Manager, in whatever version; in one query. */
export async function readableDocumentIds(
  strapi: Core.Strapi,
  { state }: Pick<Context, 'state'>,
  {
    contentType,
    documentIds,
    locale,
  }: Omit<EntryPlace, 'documentId'> & { readonly documentIds: readonly string[] },
): Promise<string[]> {
  const checker = permissionChecker(strapi, state, contentType);
  if (documentIds.length === 0 || checker.cannot.read()) return [];
  const { filters } = await checker.sanitizedQuery.read({});
  const wanted = { documentId: { $in: [...documentIds] } };
  const found = await strapi.documents(contentType as UID.ContentType).findMany({
    filters: filters === undefined ? wanted : { $and: [wanted, filters] },
    fields: ['documentId'],
    limit: documentIds.length,
    ...(locale === undefined ? {} : { locale }),
  } as never);
  return found.map(({ documentId }) => documentId);
}

/**
 * Refuses whoever may not read this entry. Unlike `readableEntry` it need not be published: what was issued of it can be seen and withdrawn
 * all the same.
 *
 * @throws {ForbiddenError} when they may not, {@link NotFoundError} when there is no such entry.
 */
export async function requireReadable(
  strapi: Core.Strapi,
  context: Pick<Context, 'state'>,
  place: EntryPlace,
): Promise<void> {
  const { contentType, documentId, locale } = place;
  const readable = await readableDocumentIds(strapi, context, { ...place, documentIds: [documentId] });
  if (readable.length > 0) return;
  const any = await strapi.documents(contentType as UID.ContentType).findOne({
    documentId,
    ...(locale === undefined ? {} : { locale }),
  } as never);
  // Whoever may read nothing of this content type must not learn what there is.
  if (any !== null || permissionChecker(strapi, context.state, contentType).cannot.read())
    throw new errors.ForbiddenError();
  throw new errors.NotFoundError('There is no such entry any more.');
}
