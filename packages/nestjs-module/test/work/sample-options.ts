import { createNamespace } from '@seek-pass-kit/core';
import { createMemoryStore, generateClaimKey, generateKeyRing, type MailPort } from '@seek-pass-kit/flows';
import { type Sandbox, startSandbox } from '@seek-pass-kit/sandbox';
import { onTestFinished } from 'vitest';
import type { SeekPassModuleOptions } from '../../src/index.ts';

/** A sandbox that ends with the test. */
export async function openSandbox(): Promise<Sandbox> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** The client of a sandbox. */
export function clientOf({ baseUrl, clientId, clientSecret }: Sandbox) {
  return { environment: 'sandbox', baseUrl, clientId, clientSecret } as const;
}

/** Options with an add flow over a store in memory; mails go to `send`. */
export function optionsWithAddFlow(
  sandbox: Sandbox,
  send: MailPort['send'],
  change: Partial<SeekPassModuleOptions> = {},
): SeekPassModuleOptions {
  const { clientId } = sandbox;
  return {
    ...clientOf(sandbox),
    brand: { name: 'Example University' },
    store: createMemoryStore(),
    keys: generateKeyRing(),
    logger: false,
    addFlow: {
      claimBaseUrl: 'http://127.0.0.1:4999/claim',
      namespace: createNamespace({ environment: 'sandbox', clientId }),
      claimKey: generateClaimKey(),
      mail: { send },
    },
    ...change,
  };
}
