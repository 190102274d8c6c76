import { useEffect } from 'react';
import { pluginId } from '../../../contract/plugin-id.ts';
import { useHas } from '../permissions/use-has.ts';
import { loadMappedContentTypes } from './mapped-content-types.ts';

/** The list of the Content Manager decides about its columns once, so the administration waits this long for them. */
const longestWaitMs = 2_000;

/** Strapi renders it after the log-in, and its pages when we say that we are ready. */
export function AwaitMappings({ setPlugin }: { readonly setPlugin: (id: string) => void }) {
  const mayRead = useHas()('read');
  useEffect(() => {
    const ready = () => setPlugin(pluginId);
    if (!mayRead) {
      ready();
      return undefined;
    }
    const patience = setTimeout(ready, longestWaitMs);
    void loadMappedContentTypes().then(ready);
    return () => clearTimeout(patience);
  }, [mayRead, setPlugin]);
  return null;
}
