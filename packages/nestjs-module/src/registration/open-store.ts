import { type Clock, ConfigurationError, type Environment, systemClock } from '@seek-pass-kit/core';
import type { Store } from '@seek-pass-kit/flows';
import type { HostLogger } from '@seek-pass-kit/flows/node';
import type { StoreSetting } from '../seek-pass-module-options.ts';

/** A store, and how to end what was opened for it. */
export interface OpenedStore {
  readonly store: Store;
  readonly close: () => Promise<void>;
}

/** What the opening of a store takes from its registration. */
interface StoreOpening {
  readonly environment: Environment;
  readonly log: HostLogger;
  readonly clock?: Clock;
}

/** A start that takes longer says what it waits for. */
const patientMs = 3_000;

/** Opens the store of a registration. Its engine is loaded here, so that nobody loads the other one. */
export async function openStore(
  setting: StoreSetting | undefined,
  { environment, log, clock = systemClock }: StoreOpening,
): Promise<OpenedStore> {
  if (setting === undefined) {
    throw new ConfigurationError('store is missing: the flows need it.');
  }
  const cancel = clock.setTimer(patientMs, () =>
    log({ event: 'store_awaited', reason: 'the start waits for the database of the option store' }),
  );
  try {
    return await open(setting, environment);
  } finally {
    cancel();
  }
}

async function open(setting: StoreSetting, environment: Environment): Promise<OpenedStore> {
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
