import { errors } from '@strapi/utils';
import type { Core, Modules, UID } from '@strapi/types';
import type { Context } from 'koa';
import type { EntryPlace } from '../../../contract/entry-place.ts';

/** An entry as Strapi's document service gives it. */
export type Entry = Modules.Documents.AnyDocument & Readonly<Record<string, unknown>>;

/**
 * The published version of an entry that whoever asks may read. A permission of this plugin alone must show nobody an entry that they cannot
 * read in the Content Manager.
 *
 * @throws {ForbiddenError} when they may not, {@link NotFoundError} when there is none.
 */
export async function readableEntry(
  strapi: Core.Strapi,
  { state }: Pick<Context, 'state'>,
  { contentType, documentId, locale }: EntryPlace,
  populate: Record<string, unknown> = {},
): Promise<Entry> {
  const checker = permissionChecker(strapi, state, contentType);
  if (checker.cannot.read()) throw new errors.ForbiddenError();
  const entry = await strapi.documents(contentType as UID.ContentType).findOne({
    documentId,
    status: 'published',
    ...(locale === undefined ? {} : { locale }),
    populate: { ...populate, createdBy: true } as never,
  });
  if (entry === null)
    throw new errors.NotFoundError('There is no published version of this entry: publish it first.');
  if (checker.cannot.read(entry)) throw new errors.ForbiddenError();
  return entry;
}

/** Strapi's own rule of who may read what, with the conditions of their roles. */
export interface PermissionChecker {
  readonly cannot: { read(entry?: unknown, field?: string): boolean };
  /** Narrows a query to what may be read. */
  readonly sanitizedQuery: { read(query: object): Promise<{ readonly filters?: object }> };
}

/** @throws {NotFoundError} when there is no such content type. */
export function permissionChecker(
  strapi: Core.Strapi,
  state: Context['state'],
  contentType: string,
): PermissionChecker {
  // A name from outside may be `constructor`.
  if (!Object.hasOwn(strapi.contentTypes, contentType)) throw new errors.NotFoundError();
  return strapi
    .plugin('content-manager')
    .service('permission-checker')
    .create({ userAbility: state['userAbility'], model: contentType }) as PermissionChecker;
}
