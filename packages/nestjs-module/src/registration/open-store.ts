import { ConfigurationError, type Environment } from '@seek-pass-kit/core';
import type { Store } from '@seek-pass-kit/flows';
import type { StoreSetting } from '../seek-pass-module-options.ts';

/** A store, and how to end what was opened for it. */
export interface OpenedStore {
  readonly store: Store;
  readonly close: () => Promise<void>;
}

/** Opens the store of a registration. Its engine is loaded here, so that nobody loads the other one. */
export async function openStore(
  setting: StoreSetting | undefined,
  environment: Environment,
): Promise<OpenedStore> {
  if (setting === undefined) {
    throw new ConfigurationError('store is missing: the flows need it.');
  }
  if ('postgres' in setting) {
    const { openPostgresStore } = await import('@seek-pass-kit/flows/postgres');
    const store = await openPostgresStore(setting.postgres);
    return { store, close: () => store.close() };
  }
  if ('embedded' in setting) {
    const { openEmbeddedStore } = await import('@seek-pass-kit/flows/embedded');
    const store = await openEmbeddedStore({ ...setting.embedded, environment });
    return { store, close: () => store.close() };
  }
  return { store: setting, close: async () => undefined };
}
