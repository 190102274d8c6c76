import { useTable } from '@strapi/strapi/admin';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { EntryAwardState } from '../../../contract/entry-awards.ts';
import { statesOfPage } from './states-of-page.ts';
import { useLocaleAsked } from './use-locale-asked.ts';

/** Where the awards of one row stand. All rows of a page are asked about in one request. `undefined`: not known, or not to be known. */
export function useEntryStates(
  contentType: string,
  documentId: string,
): readonly EntryAwardState[] | undefined {
  const rows = useTable('SEEK Pass', (state) => state.rows);
  const locale = useLocaleAsked();
  const page = useMemo(() => {
    const documentIds = rows.flatMap((row) =>
      'documentId' in row && typeof row.documentId === 'string' ? [row.documentId] : [],
    );
    return statesOfPage({ contentType, documentIds, locale });
  }, [contentType, rows, locale]);
  return useSyncExternalStore(
    useCallback((tell) => page.watch(tell), [page]),
    () => page.of(documentId),
  );
}
