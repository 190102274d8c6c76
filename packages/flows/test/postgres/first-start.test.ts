import { createNamespace } from '@seek-pass-kit/core';
import { describe, expect, it } from 'vitest';
import { type ClaimKey, generateClaimKey, readClaimKey } from '../../src/claims/claim-key.ts';
import { bindIssuer } from '../../src/start-checks.ts';
import type { Store } from '../../src/store/ports.ts';
import { openAddFlow } from '../add-flow-fixture.ts';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { testSchemas } from './test-schemas.ts';

const skip = await postgresMissing();

describe.skipIf(skip)('two processes that start for the first time at once', () => {
  const newSchema = testSchemas('first_start');

  /** Each process starts with its own claim keys; both have found nothing stored before either stores anything. */
  async function startBoth(keys: readonly [readonly ClaimKey[], readonly ClaimKey[]]) {
    const { openStore } = newSchema();
    const { context, sandbox } = await openAddFlow();
    const { clientId } = sandbox;
    const namespace = createNamespace({ environment: 'sandbox', clientId });
    const meet = meetingOf(2);
    const starts = keys.map(async (claimKeys) => {
      const store = await openStore();
      const process = { ...context, namespace, claimKeys, store: readingFirst(store, meet) };
      try {
        await bindIssuer(process, { environment: 'sandbox', clientId });
        return await store.read.issuer(context.issuer);
      } finally {
        await store.close();
      }
    });
    return Promise.allSettled(starts);
  }

  it('with other claim keys: one goes on, the other is refused and none of its links is ever mailed', async () => {
    const keys = [newClaimKey(), newClaimKey()] as const;
    const starts = await startBoth([[keys[0]], [keys[1]]]);
    const refused = starts.flatMap((start) => (start.status === 'rejected' ? [start.reason] : []));
    expect(refused).toMatchObject([{ code: 'invalid_configuration' }]);
    const bound = starts.findIndex(({ status }) => status === 'fulfilled');
    expect(starts[bound]).toMatchObject({ value: { claimKeyFingerprint: keys[bound]?.fingerprint } });
  });

  it('with the same claim key: both go on', async () => {
    const key = newClaimKey();
    const starts = await startBoth([[key], [key]]);
    expect(starts.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });
});

const newClaimKey = () => readClaimKey(generateClaimKey());

/** Waits until so many have come. Whoever comes later goes through. */
function meetingOf(count: number): () => Promise<void> {
  let come = 0;
  let open: () => void;
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    come += 1;
    if (come >= count) open();
    return all;
  };
}

/** A store whose transactions meet after they read what the issuer is bound to. */
function readingFirst(store: Store, meet: () => Promise<void>): Store {
  return {
    ...store,
    transaction: (work) =>
      store.transaction((tx) =>
        work({
          ...tx,
          async issuer(issuer) {
            const row = await tx.issuer(issuer);
            await meet();
            return row;
          },
        }),
      ),
  };
}
