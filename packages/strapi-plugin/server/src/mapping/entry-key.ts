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

/** What a key names. */
export interface KeyedEntry {
  readonly contentType: string;
  readonly documentId: string;
  readonly locale?: string;
  /** Name of the mapping. */
  readonly mapping: string;
}

/** What {@link entryKey} was made from; `undefined` for any other text. */
export function placeInKey(key: string): KeyedEntry | undefined {
  const found = /^([\w-]+::[^:]+):([^:]+)(?::([^:]+))?:([^:]+)$/.exec(key);
  if (found === null) return undefined;
  const [, contentType = '', documentId = '', locale, mapping = ''] = found;
  return { contentType, documentId, mapping, ...(locale === undefined ? {} : { locale }) };
}
