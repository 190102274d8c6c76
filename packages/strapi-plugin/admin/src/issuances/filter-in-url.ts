import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { IssuanceFilter } from '../../../contract/issuances.ts';

/** What may stand in the address of the list: nothing personal. */
const names = [
  'state',
  'credentialType',
  'contentType',
  'mapping',
  'run',
  'who',
  'from',
  'until',
  'attention',
] as const satisfies ReadonlyArray<keyof IssuanceFilter>;

/** A filter as it stands in an address; the server says what of it is wrong. */
export type FilterInUrl = Partial<Record<(typeof names)[number], string>>;

/** The filter that the address of the page has, and how to change it. */
export function useFilterInUrl(): {
  readonly filter: FilterInUrl;
  /** `state=ready&mapping=short-course` */
  readonly query: string;
  readonly change: (changes: FilterInUrl) => void;
  readonly clear: () => void;
} {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(
    () =>
      Object.fromEntries(
        names.flatMap((name) => {
          const value = params.get(name);
          return value === null || value === '' ? [] : [[name, value] as const];
        }),
      ) as FilterInUrl,
    [params],
  );
  const change = useCallback(
    (changes: FilterInUrl) => {
      setParams((former) => {
        const next = new URLSearchParams(former);
        for (const [name, value] of Object.entries(changes)) {
          if (value === '') next.delete(name);
          else next.set(name, value);
        }
        return next;
      });
    },
    [setParams],
  );
  const clear = useCallback(() => setParams({}), [setParams]);
  return { filter, query: new URLSearchParams(filter).toString(), change, clear };
}
