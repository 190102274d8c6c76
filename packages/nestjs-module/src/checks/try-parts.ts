import { randomUUID } from 'node:crypto';
import {
  checkNamespace,
  createNamespace,
  readSettings,
  SeekPass,
  type SeekPassOptions,
} from '@seek-pass-kit/core';
import type { AddFlow, Brand, KeyPort, MailPort } from '@seek-pass-kit/flows';
import { claimHandlerOptions } from '../claims/claim-handler-options.ts';
import { given } from '../registration/given.ts';
import { relayOptions } from '../registration/open-relay.ts';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import type { FoundProblems } from './found-problems.ts';

/** What was found of the settings that the parts share. */
interface SharedFindings {
  /** Whether nothing is wrong with the client. */
  readonly client: boolean;
  /** `undefined`: none, or wrong ones. */
  readonly keys: KeyPort | undefined;
}

/** A client that never asks anybody, for flows that are only made. */
const nobody: SeekPassOptions = {
  environment: 'sandbox',
  baseUrl: 'http://localhost',
  clientId: 'sandbox-nobody',
  clientSecret: randomUUID(),
};

const anyBrand: Brand = { name: 'Any' };

const noMail: MailPort = { send: () => Promise.reject(new Error('Nothing is sent by a check.')) };

/**
 * Makes each part with its settings, over an empty store in memory and with a client that asks nobody: so the rules of the flows themselves
 * are asked, all of them, and before a database is opened.
 */
export async function tryParts(
  options: SeekPassModuleOptions,
  { client, keys }: SharedFindings,
  problems: FoundProblems,
): Promise<void> {
  const { addFlow, claimPages = false, verifyFlow, webhooks, clientId, defaultLocale, issuer } = options;
  const flows = await import('@seek-pass-kit/flows');
  const seekPass = new SeekPass({ ...nobody, ...(client ? given({ scopes: options.scopes }) : {}) });
  const known = ['staging', 'production'].includes(options.environment);
  const environment = known ? options.environment : 'sandbox';
  const shared = {
    issuer: issuer ?? 'default',
    environment,
    seekPass,
    store: flows.createMemoryStore(),
    keys: keys ?? flows.keyRingFromText(flows.generateKeyRing()),
  };
  const looks = { brand: options.brand ?? anyBrand, ...given({ defaultLocale }) };

  if (addFlow !== undefined) {
    await problems.of('addFlow', () =>
      flows.createAddFlow({ ...addFlow, ...shared, ...looks, clientId, mail: noMail }),
    );
    if (client) {
      await problems.of('addFlow', () =>
        readSettings({ namespace: () => checkNamespace(addFlow.namespace, { environment, clientId }) }),
      );
    }
  }
  if (claimPages !== false) {
    const flow = await anyAddFlow();
    await problems.of('claimPages', () => flow.claimPages(claimHandlerOptions(claimPages, options.clock)));
  }
  if (addFlow?.documents?.callers !== undefined) {
    const flow = await anyAddFlow();
    const { callers } = addFlow.documents;
    await problems.of('addFlow.documents', () => flow.documents({ callers }));
  }
  if (verifyFlow !== undefined) {
    await problems.of('verifyFlow', () => flows.createVerifyFlow({ ...verifyFlow, ...shared, ...looks }));
  }
  if (webhooks !== undefined) {
    await problems.of('webhooks', () =>
      webhooks.withoutInbox === undefined
        ? flows.createInbox({ ...webhooks, ...shared, handlers: {} })
        : flows.createWebhookRelay({ ...relayOptions(webhooks), ...shared }),
    );
  }
  await seekPass.close();

  /** One that has started, whatever is wrong with the settings of theirs. */
  async function anyAddFlow(): Promise<AddFlow> {
    const of = { environment, clientId: nobody.clientId };
    const flow = flows.createAddFlow({
      ...shared,
      ...of,
      issuer: 'default',
      brand: anyBrand,
      mail: noMail,
      namespace: createNamespace(of),
      claimKey: flows.generateClaimKey(),
      claimBaseUrl: 'https://check.example/claim',
      documents: { baseUrl: 'https://check.example/documents' },
      store: flows.createMemoryStore(),
    });
    await flow.start();
    return flow;
  }
}
