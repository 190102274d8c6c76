import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { EntryPreview, Mapping } from '../../../contract/mapping.ts';
import { type Entry, permissionChecker } from '../permissions/readable-entry.ts';
import { fieldsOfSource } from './populate-of.ts';
import { siteSchemas } from './site-schemas.ts';

/**
 * The targets of a mapping that show a field which whoever asks may not read in the Content Manager, of the entry or of what it relates to. A
 * preview must not be a way around the permissions of fields.
 */
export function unreadableTargets(
  strapi: Core.Strapi,
  { state }: Pick<Context, 'state'>,
  { contentType, targets }: Mapping,
  entry: Entry,
): ReadonlySet<string> {
  const attributes = siteSchemas(strapi).contentType(contentType)?.attributes ?? {};
  const own = permissionChecker(strapi, state, contentType);
  const mayRead = (path: string): boolean => {
    const [first = '', second = ''] = path.split('.');
    const { type, target } = attributes[first] ?? {};
    if (type === 'component') return !own.cannot.read(entry, path);
    if (isOfEveryEntry(first)) return true;
    if (own.cannot.read(entry, first)) return false;
    if (type !== 'relation' || second === '') return true;
    const related = permissionChecker(strapi, state, target ?? '');
    const inner = entry[first];
    return (Array.isArray(inner) ? inner : [inner]).every(
      (one) =>
        one === null ||
        one === undefined ||
        !related.cannot.read(one, isOfEveryEntry(second) ? undefined : second),
    );
  };
  return new Set(
    Object.entries(targets)
      .filter(([, source]) => !fieldsOfSource(source).every(mayRead))
      .map(([target]) => target),
  );
}

/** What Strapi gives every entry, and no role can be refused. */
function isOfEveryEntry(name: string): boolean {
  return /^(?:documentId|createdAt|updatedAt|publishedAt|locale)$/.test(name);
}

/** The preview without the values of these targets; then the request as a whole is not shown either. */
export function withoutTargets(
  { values, title, request }: EntryPreview,
  hidden: ReadonlySet<string>,
): EntryPreview {
  if (hidden.size === 0) return { values, ...(title && { title }), ...(request && { request }) };
  return {
    values: values.map((value) =>
      hidden.has(value.target) ? { target: value.target, shown: 'hidden' } : value,
    ),
  };
}
