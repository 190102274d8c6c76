import type { EntryPlace } from '../../../contract/entry-place.ts';

/** The path of a question about an entry. */
export function entryPath(question: 'awards' | 'preview', place: EntryPlace & { readonly mapping?: string }) {
  const { contentType, documentId, locale, mapping } = place;
  const query = new URLSearchParams({ contentType, documentId });
  if (locale !== undefined) query.set('locale', locale);
  if (mapping !== undefined) query.set('mapping', mapping);
  return `/seek-pass/entries/${question}?${query.toString()}`;
}
