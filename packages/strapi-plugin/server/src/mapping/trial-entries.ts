import type { Core, UID } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import type { TrialEntry } from '../../../contract/mapping.ts';
import { entryLabels } from '../permissions/entry-labels.ts';
import { permissionChecker } from '../permissions/readable-entry.ts';

const mostEntries = 20;

/**
 * Published entries of a content type that whoever asks may read, the newest first, to try a mapping with. The label is what the Content
 * Manager calls an entry: it may be a name, so it needs the permission for personal data.
 *
 * @throws {ForbiddenError} when they may read none of its entries.
 */
export async function trialEntries(
  strapi: Core.Strapi,
  context: Pick<Context, 'state'>,
  { contentType, search }: { readonly contentType: string; readonly search?: string | undefined },
): Promise<TrialEntry[]> {
  const checker = permissionChecker(strapi, context.state, contentType);
  if (checker.cannot.read()) throw new errors.ForbiddenError();
  const { filters } = await checker.sanitizedQuery.read({});
  const found = (await strapi.documents(contentType as UID.ContentType).findMany({
    status: 'published',
    limit: mostEntries,
    sort: 'updatedAt:desc',
    ...(filters === undefined ? {} : { filters }),
    ...(search === undefined ? {} : { _q: search }),
  } as never)) as readonly Readonly<Record<string, unknown>>[];
  const labelOf = await entryLabels(strapi, context, contentType);
  return found.map((entry) => {
    const label = labelOf(entry);
    return {
      documentId: String(entry['documentId']),
      ...(typeof entry['locale'] === 'string' ? { locale: entry['locale'] } : {}),
      ...(label === undefined ? {} : { label }),
    };
  });
}
