import type { Mapping } from '../../../contract/mapping.ts';

/**
 * What the award of an entry is called for ever: `<content type>:<documentId>[:locale]:<mapping name>`. A language belongs to it where the
 * content type is translated: each translation is an award of its own.
 */
export function entryKey(
  { contentType, name }: Pick<Mapping, 'contentType' | 'name'>,
  { documentId, locale }: { readonly documentId: string; readonly locale?: unknown },
): string {
  const language = typeof locale === 'string' && locale !== '' ? [locale] : [];
  return [contentType, documentId, ...language, name].join(':');
}
