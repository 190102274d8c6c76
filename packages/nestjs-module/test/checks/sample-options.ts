import { createNamespace } from '@seek-pass-kit/core';
import { createMemoryStore, generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import type { SeekPassModuleOptions } from '../../src/index.ts';

const client = { environment: 'production', clientId: 'example-university' } as const;

/** Options of a registration in production with every part, in which nothing is wrong. Nothing is asked of anybody. */
export function everyPart(): SeekPassModuleOptions {
  return {
    ...client,
    baseUrl: 'https://seekpass.example',
    clientSecret: 'bb1fa4c99e21d07a5be5e3d8',
    brand: { name: 'Example University' },
    store: createMemoryStore(),
    keys: generateKeyRing(),
    logger: false,
    worker: false,
    addFlow: {
      claimBaseUrl: 'https://portal.example.edu/claim',
      namespace: createNamespace(client),
      claimKey: generateClaimKey(),
      mail: { send: async () => ({ outcome: 'accepted' }) },
      documents: { baseUrl: 'https://portal.example.edu/documents' },
    },
    claimPages: true,
    verifyFlow: { callbackBaseUrl: 'https://portal.example.edu/verify' },
    webhooks: { receiverUrl: 'https://portal.example.edu/webhooks/seek-pass' },
  };
}
