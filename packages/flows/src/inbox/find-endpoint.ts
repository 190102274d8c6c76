import { decideAnew } from '../awards/decide-anew.ts';
import { learnCurrentKey } from '../keys/retired-keys.ts';
import type { InboxContext } from './inbox-options.ts';
import { leadsTo } from './receiver-urls.ts';
import { sealEndpoint } from './sealed-endpoint.ts';

/**
 * The id of the endpoint of a URL of this inbox. One that SEEK Pass has and we do not is stored without a secret: rotating gives it one.
 * `undefined`: SEEK Pass has none.
 */
export async function findEndpoint(context: InboxContext, wanted: URL): Promise<string | undefined> {
  const { issuer, store, keys, clock, seekPass } = context;
  const stored = (await store.read.webhookEndpoints(issuer)).filter(({ url }) => leadsTo(wanted, url));
  const newest = stored.at(-1);
  if (newest !== undefined) return newest.id;
  const found = (await seekPass.webhooks.list()).find(({ url }) => leadsTo(wanted, url));
  if (found === undefined) return undefined;
  await learnCurrentKey(issuer, keys, store.read);
  const row = await sealEndpoint(
    keys,
    { issuer, id: found.id, url: wanted.href, createdAt: clock.now() },
    [],
  );
  await decideAnew(store, async (tx) => {
    const rows = await tx.webhookEndpoints(issuer);
    if (!rows.some(({ id }) => id === found.id)) await tx.putWebhookEndpoint(row);
  });
  return found.id;
}
