import { documentedScopes, SeekPass, systemClock } from '@seek-pass-kit/core';
import { type AddFlow, createAddFlow } from '../../src/add-flow.ts';
import { type EmbeddedStoreOptions, openEmbeddedStore } from '../../src/embedded/embedded-store.ts';
import { keyRingFromText } from '../../src/keys/key-ring.ts';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { hasNoMailbox } from './class-list.ts';
import { mailTo } from './post-office.ts';
import { seededRandom } from './seeded.ts';

/** Where the processes of a proof keep their awards. */
export type StoreSettings =
  | { readonly connectionString: string; readonly schema: string }
  | { readonly embedded: EmbeddedStoreOptions };

/** What all processes of one proof share, as text: it goes to them through their environment. */
export interface FlowSettings {
  readonly store: StoreSettings;
  readonly seekPass: { readonly baseUrl: string; readonly clientId: string; readonly clientSecret: string };
  /** Of the mail server, see post-office.ts. */
  readonly mailFile: string;
  /** When the mail server has troubles: what they follow from. */
  readonly mailTroublesSeed?: number;
  /** How long it takes over each message, in milliseconds. */
  readonly mailSlowMs?: number;
  readonly keys: string;
  readonly namespace: string;
  readonly claimKey: string;
  readonly claimBaseUrl: string;
  /** How far this process's clock is ahead, in milliseconds: as if so much time had passed before it was started. */
  readonly aheadMs?: number;
  /** How long jobs stay with a worker that gives no sign of life, in milliseconds, when not as long as by default. */
  readonly leaseMs?: number;
}

/** An add flow of this process, and what to close when it is done with. */
export interface OpenFlow {
  readonly flow: AddFlow;
  readonly store: Store;
  readonly close: () => Promise<void>;
}

/** Opens the add flow as an institution's process does: a store, a client of SEEK Pass, the start's checks. `onSend`: before each mail. */
export async function openFlow(settings: FlowSettings, onSend?: () => void): Promise<OpenFlow> {
  const environment = 'sandbox';
  const { aheadMs = 0, mailTroublesSeed } = settings;
  const clock = { ...systemClock, now: () => systemClock.now() + aheadMs };
  const store = await openStore(settings.store);
  const seekPass = new SeekPass({
    environment,
    ...settings.seekPass,
    scopes: documentedScopes,
    clock,
    // The proofs move SEEK Pass's clock by days; ours follows its `Date` headers.
    maxClockSkewMs: Number.POSITIVE_INFINITY,
    attemptTimeoutMs: 2_000,
    retryBaseMs: 20,
  });
  const flow = createAddFlow({
    environment,
    clientId: settings.seekPass.clientId,
    seekPass,
    store,
    keys: keyRingFromText(settings.keys),
    namespace: settings.namespace,
    claimKey: settings.claimKey,
    claimBaseUrl: settings.claimBaseUrl,
    brand: { name: 'Example University' },
    clock,
    mail: mailTo(settings.mailFile, {
      ...(mailTroublesSeed === undefined
        ? {}
        : { troubles: { random: seededRandom(mailTroublesSeed + aheadMs), refused: hasNoMailbox } }),
      ...(settings.mailSlowMs === undefined ? {} : { slowMs: settings.mailSlowMs }),
      ...(onSend === undefined ? {} : { onSend }),
    }),
  });
  await flow.start();
  return {
    flow,
    store,
    async close() {
      await seekPass.close();
      await store.close();
    },
  };
}

function openStore(settings: StoreSettings): Promise<Store> {
  return 'embedded' in settings ? openEmbeddedStore(settings.embedded) : openPostgresStore(settings);
}
