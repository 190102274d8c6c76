import { type Clock, documentedScopes, SeekPass, systemClock } from '@seek-pass-kit/core';
import { createInbox, type Inbox } from '../../src/inbox/inbox.ts';
import type { InboxOptions } from '../../src/inbox/inbox-options.ts';
import { keyRingFromText } from '../../src/keys/key-ring.ts';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import type { Store } from '../../src/store/ports.ts';
import type { FlowSettings } from './flow-settings.ts';

/** How often the processes of a proof read the secrets: their rotations take a fifth of a second. */
const refreshMs = 50;

/** The inbox of one process, over connections of its own. */
export interface ProofInbox {
  readonly inbox: Inbox;
  readonly store: Store;
  readonly seekPass: SeekPass;
  readonly close: () => Promise<void>;
}

/** Opens and starts the inbox of one process. */
export async function openProofInbox(
  { store: place, seekPass: client, keys }: FlowSettings,
  receiverUrl: string,
  optionsOf: (seekPass: SeekPass, store: Store) => Promise<Partial<InboxOptions>> = async () => ({}),
  clock: Clock = systemClock,
): Promise<ProofInbox> {
  if ('embedded' in place) throw new Error('The proofs of the inbox run on PostgreSQL.');
  const store = await openPostgresStore(place);
  const seekPass = new SeekPass({
    environment: 'sandbox',
    ...client,
    scopes: documentedScopes,
    clock,
    maxClockSkewMs: Number.POSITIVE_INFINITY,
    retryBaseMs: 20,
  });
  const inbox = createInbox({
    environment: 'sandbox',
    seekPass,
    store,
    keys: keyRingFromText(keys),
    receiverUrl,
    handlers: {},
    refreshMs,
    clock,
    ...(await optionsOf(seekPass, store)),
  });
  await inbox.start();
  return {
    inbox,
    store,
    seekPass,
    async close() {
      inbox.close();
      await seekPass.close();
      await store.close();
    },
  };
}
