import { getFetchClient } from '@strapi/strapi/admin';
import { useSyncExternalStore } from 'react';
import type { MappedContentTypes } from '../../../contract/entry-awards.ts';

let mapped: ReadonlySet<string> = new Set();
const watchers = new Set<() => void>();

/**
 * Learns anew which content types have a mapping: what we add to the Content Manager shows for those alone. Call it after a mapping was saved,
 * too. Whoever may not know sees none.
 */
export function loadMappedContentTypes(): Promise<void> {
  loading ??= load().finally(() => (loading = undefined));
  return loading;
}

/** What is on the way: Strapi renders what starts it more than once. */
let loading: Promise<void> | undefined;

async function load(): Promise<void> {
  try {
    const { data } = await getFetchClient().get<MappedContentTypes>('/seek-pass/mapped-content-types');
    mapped = new Set(data.contentTypes);
  } catch {
    // It is as before: nothing of ours must be in the way of the administration.
  }
  for (const tell of watchers) tell();
}

/** Whether entries of this content type can be issued, as far as it is known. */
export function isMapped(contentType: string): boolean {
  return mapped.has(contentType);
}

/** {@link isMapped}, also when it changes. */
export function useIsMapped(contentType: string): boolean {
  return useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => void watchers.delete(tell);
    },
    () => isMapped(contentType),
  );
}
