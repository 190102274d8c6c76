import { randomBytes } from 'node:crypto';
import { systemClock } from '@seek-pass-kit/core';
import { SealedRecords } from '../../../src/awards/sealed-records.ts';
import type { FlowContext } from '../../../src/flow-context.ts';
import { generateKeyRing, keyRingFromText } from '../../../src/keys/key-ring.ts';
import { createMemoryStore } from '../../../src/store/memory/memory-store.ts';
import type { StoreTransaction } from '../../../src/store/ports.ts';

/** A context whose store takes everything and keeps nothing: what grows is the code that is measured. */
export function forgetfulContext(): FlowContext {
  const keys = keyRingFromText(generateKeyRing());
  const store = createMemoryStore();
  const nothing = async (): Promise<void> => undefined;
  const tx: Partial<StoreTransaction> = {
    ...store.read,
    insertRecipients: nothing,
    insertAwards: nothing,
    insertCourses: nothing,
    appendHistory: nothing,
    enqueue: nothing,
  };
  const context: Partial<FlowContext> = {
    issuer: 'default',
    store: { ...store, transaction: (work) => work(tx as StoreTransaction) },
    records: new SealedRecords(keys),
    lookupKey: randomBytes(32),
    clock: systemClock,
  };
  return context as FlowContext;
}
