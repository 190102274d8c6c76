import type { IssuanceEntry } from '../../../contract/issuances.ts';

/** Where the Content Manager shows an entry. */
export function entryAddress({ contentType, documentId, locale }: IssuanceEntry): string {
  const language = locale === undefined ? '' : `?plugins[i18n][locale]=${encodeURIComponent(locale)}`;
  return `/content-manager/collection-types/${contentType}/${documentId}${language}`;
}
