import { createEndpoint, type EndpointRequest, type EndpointResult } from './create-endpoint.ts';
import type { InboxContext } from './inbox-options.ts';
import { leadsTo } from './receiver-urls.ts';
import { openEndpoint } from './sealed-endpoint.ts';

/**
 * How it stands with one URL. `elsewhere`: another process asks SEEK Pass right now, or did within the last minute and told nothing (yet);
 * look again in a minute.
 */
export type EnsuredEndpoint = {
  readonly url: string;
} & (EndpointResult | { readonly outcome: 'elsewhere' });

/** SEEK Pass may keep two endpoints of one URL that are made at the same time: one process asks, then for this time none. */
const turnMs = 60_000;

/** Has SEEK Pass send to every URL of an inbox. Any number of processes may begin with it: one of them asks, the others find what it made. */
export async function ensureEndpoints(
  context: InboxContext,
  request: Pick<EndpointRequest, 'who' | 'name'>,
): Promise<EnsuredEndpoint[]> {
  const { issuer, store, keys, receiverUrls } = context;
  const ensured: EnsuredEndpoint[] = [];
  for (const { href: url } of receiverUrls) {
    const rate = { everyMs: turnMs, slackMs: 0 };
    const { taken } = await store.limits.turn(`${issuer} webhook_endpoint ${url}`, rate, 0);
    ensured.push({
      url,
      ...(taken ? await createEndpoint(context, { ...request, url }) : await stored(url)),
    });
  }
  return ensured;

  async function stored(url: string): Promise<EndpointResult | { readonly outcome: 'elsewhere' }> {
    const rows = await store.read.webhookEndpoints(issuer);
    const row = rows.findLast((one) => leadsTo(new URL(url), one.url));
    if (row === undefined || (await openEndpoint(keys, row)).secrets.length === 0)
      return { outcome: 'elsewhere' };
    return { outcome: 'known', endpointId: row.id };
  }
}
