import type { InboxContext } from './inbox-options.ts';
import { leadsTo } from './receiver-urls.ts';
import { openEndpoint } from './sealed-endpoint.ts';

/** An endpoint as SEEK Pass and we know it. */
export interface EndpointStanding {
  readonly id: string;
  readonly url?: string;
  readonly name?: string;
  /** Whether it sends to a URL of this inbox. */
  readonly ours: boolean;
  /** Whether SEEK Pass has it: one that it has not was deleted there. */
  readonly atSeekPass: boolean;
  /** Whether its secret is stored here. Without it every event is refused, unless the host holds the secret itself: `secrets` of the inbox. */
  readonly secretHeld: boolean;
  /** When its secret came, in milliseconds since the epoch. */
  readonly secretSince?: number;
  /** Since when its secret is being rotated, in milliseconds since the epoch. */
  readonly rotatingSince?: number;
}

/** Every endpoint of this client at SEEK Pass, and those that we know and it does not. */
export async function listEndpoints(context: InboxContext): Promise<EndpointStanding[]> {
  const { issuer, store, keys, seekPass, receiverUrls } = context;
  const [there, rows] = await Promise.all([seekPass.webhooks.list(), store.read.webhookEndpoints(issuer)]);
  const here = new Map(
    await Promise.all(rows.map(async (row) => [row.id, await openEndpoint(keys, row)] as const)),
  );
  const gone = rows.filter(({ id }) => !there.some((one) => one.id === id));
  const all = [
    ...there.map(({ id, url, name }) => ({ id, url, name })),
    ...gone.map(({ id, url }) => ({ id, url, name: undefined })),
  ];
  return all.map(({ id, url, name }) => {
    const open = here.get(id);
    const newest = open?.secrets[0];
    return {
      id,
      ...(url === undefined ? {} : { url }),
      ...(name === undefined ? {} : { name }),
      ours: receiverUrls.some((one) => leadsTo(one, url)),
      atSeekPass: there.some((one) => one.id === id),
      secretHeld: newest !== undefined,
      ...(newest === undefined ? {} : { secretSince: newest.since }),
      ...(open === undefined || open.row.rotation === null ? {} : { rotatingSince: open.row.rotation.since }),
    };
  });
}
