import type { Core, UID } from '@strapi/types';
import type { Context } from 'koa';
import type { Knex } from 'knex';
import { isMappable } from '../mapping/source-fields.ts';
import { permissionChecker, type PermissionChecker } from '../permissions/readable-entry.ts';

/** Which entries of the site somebody may read, as a condition on the table of the entries of awards. */
export interface VisibleEntries {
  /** Whether it is every entry there is: then nothing has to be looked at. */
  readonly all: boolean;
  /** The content types of which at least some may be. */
  readonly contentTypes: ReadonlySet<string>;
  /** Narrows to awards of entries that may be read, and to those that came from no entry. `entry` is the name of the table in the query. */
  narrow(query: Knex.QueryBuilder, entry: string): void;
}

/** The entries of one content type that somebody may read. */
interface ReadableType {
  readonly uid: UID.ContentType;
  /** Absent when it is all of them. */
  readonly only?: { readonly columns: readonly string[]; readonly select: Knex.QueryBuilder };
}

/**
 * What an administrator may read, by Strapi's own permissions: whole content types, and of those with a condition (such as "is creator") the
 * entries that meet it. It becomes part of the question to the database, so that pages and counts are right. Awards of a content type that
 * the site does not have any more are for those only who may read everything.
 */
export async function visibleEntries(
  strapi: Core.Strapi,
  { state }: Pick<Context, 'state'>,
): Promise<VisibleEntries> {
  const uids = contentTypesOf(strapi);
  const readable: ReadableType[] = [];
  for (const uid of uids) {
    const checker = permissionChecker(strapi, state, uid);
    if (!checker.cannot.read()) readable.push(await readableType(strapi, checker, uid));
  }
  const whole = readable.flatMap(({ uid, only }) => (only === undefined ? [uid] : []));
  const all = whole.length === uids.length;
  return {
    all,
    contentTypes: new Set(readable.map(({ uid }) => uid)),
    narrow(query, entry) {
      if (all) return;
      void query.where((either) => {
        void either.whereNull(`${entry}.content_type`).orWhereIn(`${entry}.content_type`, whole);
        for (const { uid, only } of readable) {
          if (only === undefined) continue;
          const columns = only.columns.map((column) => `${entry}.${column}`);
          void either.orWhere(
            (one) => void one.where(`${entry}.content_type`, uid).whereIn(columns, only.select),
          );
        }
      });
    },
  };
}

/** The content types whose entries awards can come from. */
function contentTypesOf(strapi: Core.Strapi): UID.ContentType[] {
  return (Object.keys(strapi.contentTypes) as UID.ContentType[]).filter(isMappable);
}

/** Of a content type that is translated an entry is one language of a document. */
async function readableType(
  strapi: Core.Strapi,
  checker: PermissionChecker,
  uid: UID.ContentType,
): Promise<ReadableType> {
  const { filters } = await checker.sanitizedQuery.read({});
  if (filters === undefined || Object.keys(filters).length === 0) return { uid };
  const { where } = strapi.get('query-params').transform(uid, { filters });
  const isTranslated = strapi.contentTypes[uid]?.pluginOptions?.['i18n'] !== undefined;
  const members = isTranslated ? ['documentId', 'locale'] : ['documentId'];
  const select = strapi.db.queryBuilder(uid).init({ where, select: members }).getKnexQuery();
  return {
    uid,
    only: { select, columns: isTranslated ? ['document_id', 'locale'] : ['document_id'] },
  };
}
