import { decideAnew } from '../awards/decide-anew.ts';
import { learnCurrentKey } from '../keys/retired-keys.ts';
import type { InboxContext } from './inbox-options.ts';
import { receiverUrlOf } from './receiver-urls.ts';
import { openEndpoint, sealEndpoint } from './sealed-endpoint.ts';

/** A new endpoint. */
export interface EndpointRequest {
  /** The host's id of a member of staff, or `system`. */
  readonly who: string;
  /** What SEEK Pass shows it by. */
  readonly name?: string;
  /** Which `receiverUrl`, when there are several. Default: the first one. */
  readonly url?: string;
}

/**
 * What became of it.
 *
 * - `created`: SEEK Pass sends to the URL now, and its secret is stored.
 * - `known`: it was there before, and we hold its secret.
 * - `secret_unknown`: it was there before, or was made without an answer that we saw, and its secret can only be had by rotating it.
 */
export interface EndpointResult {
  readonly outcome: 'created' | 'known' | 'secret_unknown';
  readonly endpointId: string;
}

/** Has SEEK Pass send to a URL of this inbox. Doing it again makes no second endpoint. */
export async function createEndpoint(
  context: InboxContext,
  { who, name, url: wanted }: EndpointRequest,
): Promise<EndpointResult> {
  const { issuer, store, keys, clock, seekPass, receiverUrls } = context;
  const url = receiverUrlOf(receiverUrls, wanted).href;
  const { id, secret, created } = await seekPass.webhooks.create({
    url,
    ...(name === undefined ? {} : { name }),
  });
  const now = clock.now();
  const secrets = secret === undefined ? [] : [{ secret: secret.reveal(), since: now, until: null }];
  await learnCurrentKey(issuer, keys, store.read);
  const sealed = await sealEndpoint(keys, { issuer, id, url, createdAt: now }, secrets);
  return decideAnew(store, async (tx) => {
    const rows = await tx.webhookEndpoints(issuer);
    const held = rows.find((row) => row.id === id);
    if (held !== undefined && (await openEndpoint(keys, held)).secrets.length > 0) {
      return { outcome: 'known', endpointId: id };
    }
    // SEEK Pass keeps one endpoint for a URL: others are gone there.
    for (const row of rows) {
      if (row.url === url && row.id !== id) await tx.deleteWebhookEndpoint(issuer, row.id);
    }
    if (held === undefined) await tx.putWebhookEndpoint(sealed);
    else if (secrets.length > 0) {
      const { wrappedKey, keyId, sealedSecrets } = sealed;
      await tx.putWebhookEndpoint({ ...held, wrappedKey, keyId, sealedSecrets });
    }
    const what = created ? 'webhook_created' : 'webhook_found';
    await tx.appendAudit([{ issuer, at: now, who, what, about: `webhook:${id}`, why: null }]);
    return { outcome: secrets.length > 0 ? 'created' : 'secret_unknown', endpointId: id };
  });
}
