import { type Clock, createNamespace, documentedScopes } from '@seek-pass-kit/core';
import { createMemoryStore, generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import type { Sandbox } from '@seek-pass-kit/sandbox';
import type {
  AddFlowSettings,
  InboxSettings,
  SeekPassModuleOptions,
  VerifyFlowSettings,
} from '../seek-pass-module-options.ts';
import type { MailCollector } from './mail-collector.ts';

/** What is to be as the application has it: any setting, and of a part any of its settings. */
export interface TestOptions
  extends Partial<Omit<SeekPassModuleOptions, 'addFlow' | 'verifyFlow' | 'webhooks'>> {
  readonly addFlow?: Partial<AddFlowSettings>;
  readonly verifyFlow?: Partial<VerifyFlowSettings>;
  readonly webhooks?: Partial<InboxSettings>;
}

/** Where the pages and the receiver of the options are: the host is nobody's. */
export const testOrigin = 'https://portal.example.edu';

/** Options of a registration with every part, over a sandbox: new keys, an empty store in memory, no worker. See `TestSeekPass.options`. */
export function testOptions(
  { baseUrl, clientId, clientSecret }: Sandbox,
  { clock, mails, secret }: { readonly clock: Clock; readonly mails: MailCollector; readonly secret: string },
  change: TestOptions,
  name: string | undefined,
): SeekPassModuleOptions {
  const environment = 'sandbox';
  // Two registrations of one application need paths of their own.
  const base = name === undefined ? testOrigin : `${testOrigin}/${name}`;
  const namespace = createNamespace({ environment, clientId: change.clientId ?? clientId });
  return {
    environment,
    baseUrl,
    clientId,
    clientSecret,
    scopes: documentedScopes,
    clock,
    maxAttempts: 2,
    retryBaseMs: 1,
    brand: { name: 'Example University' },
    store: createMemoryStore(),
    worker: false,
    keys: generateKeyRing(),
    claimPages: true,
    ...change,
    addFlow: {
      claimBaseUrl: `${base}/claim`,
      namespace,
      claimKey: generateClaimKey(),
      mail: mails,
      ...change.addFlow,
    },
    verifyFlow: { callbackBaseUrl: `${base}/verify`, ...change.verifyFlow },
    webhooks: { receiverUrl: `${base}/webhooks/seek-pass`, secrets: secret, ...change.webhooks },
  };
}
