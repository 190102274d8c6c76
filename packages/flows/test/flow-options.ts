import { createNamespace } from '@seek-pass-kit/core';
import type { AddFlowOptions } from '../src/add-flow-options.ts';
import { generateClaimKey } from '../src/claims/claim-key.ts';
import { generateKeyRing, keyRingFromText } from '../src/keys/key-ring.ts';
import type { AddFlowFixture } from './add-flow-fixture.ts';

/** The key file of {@link flowOptions}. */
export const sampleRing = generateKeyRing();

/** The claim key of {@link flowOptions}. */
export const sampleClaimKey = generateClaimKey();

/** What a host gives `createAddFlow`, over a fixture's sandbox, store, clock and mails. */
export function flowOptions({ sandbox, seekPass, store, clock, mails }: AddFlowFixture): AddFlowOptions {
  const { clientId } = sandbox;
  return {
    seekPass,
    environment: 'sandbox',
    clientId,
    store,
    clock,
    keys: keyRingFromText(sampleRing),
    namespace: createNamespace({ environment: 'sandbox', clientId }),
    claimKey: sampleClaimKey,
    claimBaseUrl: 'https://credentials.example.edu/claim',
    brand: { name: 'Example University' },
    mail: mails,
  };
}
