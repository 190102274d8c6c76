import { decideAnew } from '../awards/decide-anew.ts';
import { learnCurrentKey } from '../keys/retired-keys.ts';
import type { InboxContext } from './inbox-options.ts';
import { sealEndpoint } from './sealed-endpoint.ts';

/**
 * The id of the endpoint of this inbox's URL. One that SEEK Pass has and we do not is stored without a secret: rotating gives it one.
 * `undefined`: SEEK Pass has none.
 */
export async function findEndpoint(context: InboxContext): Promise<string | undefined> {
  const { issuer, store, keys, clock, seekPass, receiverUrl } = context;
  const ours = (url: string | undefined) =>
    url !== undefined && URL.canParse(url) && new URL(url).href === receiverUrl.href;
  const stored = (await store.read.webhookEndpoints(issuer)).filter(({ url }) => ours(url));
  const newest = stored.at(-1);
  if (newest !== undefined) return newest.id;
  const found = (await seekPass.webhooks.list()).find(({ url }) => ours(url));
  if (found === undefined) return undefined;
  await learnCurrentKey(issuer, keys, store.read);
  const row = await sealEndpoint(
    keys,
    { issuer, id: found.id, url: receiverUrl.href, createdAt: clock.now() },
    [],
  );
  await decideAnew(store, async (tx) => {
    const rows = await tx.webhookEndpoints(issuer);
    if (!rows.some(({ id }) => id === found.id)) await tx.putWebhookEndpoint(row);
  });
  return found.id;
}
