import { createHash } from 'node:crypto';
import { openSealed, seal, type SealedPlace } from '../keys/seal.ts';
import { gather } from '../store/gather.ts';
import type { InboxEventRow, QuarantinedRow } from '../store/inbox.ts';
import type { InboxContext } from './inbox-options.ts';
import { acceptedSecrets, type Delivery, judgeDelivery } from './judge-delivery.ts';
import type { OpenEndpoint } from './sealed-endpoint.ts';
import { pathOf, type SecretBook, type SecretView } from './secret-book.ts';
import type { StoreEvent } from './store-events.ts';

/** Whoever knows that a rotation is on could fill the database meanwhile: so many and so long ones are kept, and no more. */
const mostKept = 2_000;
const longestBodyBytes = 4_096;

/** A secret of this age is known to every process; what still fits none never will. */
const lifeMs = 15 * 60_000;

/** Keeps a delivery that fits no known secret, if there is room. */
export type Quarantine = (endpoint: OpenEndpoint, delivery: Delivery) => Promise<void>;

/** What comes at the same time is kept by one transaction. */
export function createQuarantine(context: InboxContext): Quarantine {
  const { issuer, store, clock, refreshMs } = context;
  /** Until then there is no room, and the database is not asked whether there is. */
  let fullUntil = Number.NEGATIVE_INFINITY;
  const keep = gather<QuarantinedRow, boolean>({
    most: 100,
    inTurn: true,
    async together(rows) {
      const room = await store.transaction((tx) => tx.quarantine(rows, mostKept));
      if (!room) fullUntil = clock.now() + refreshMs;
      return rows.map(() => room);
    },
  });
  return async ({ row, dataKey }, delivery) => {
    if (delivery.body.byteLength > longestBodyBytes || clock.now() < fullUntil) return;
    const id = idOf(delivery);
    const sealedDelivery = seal(dataKey, Buffer.from(textOf(delivery), 'utf8'), placeOf(issuer, id));
    await keep({ issuer, id, endpointId: row.id, receivedAt: delivery.receivedAt, sealedDelivery });
    context.tell({ outcome: 'quarantined' });
  };
}

/**
 * Judges again what was quarantined, each as of its receipt: what fits a secret now goes into the inbox as if it had come then; what
 * still fits none is dropped in the end.
 */
export async function recheckQuarantine(
  context: InboxContext,
  book: SecretBook,
  storeEvent: StoreEvent,
): Promise<void> {
  const { issuer, store, seekPass } = context;
  const rows = await store.read.quarantined(issuer, mostKept);
  if (rows.length === 0) return;
  const view = await book.read();
  const rotating = view.endpoints.some(({ row }) => row.rotation !== null);
  const settled = await Promise.all(
    rows.map(async (row) => {
      const event = eventIn(context, view, row);
      if (event !== undefined) {
        await storeEvent(event);
        return 'recovered' as const;
      }
      return !rotating && seekPass.now() - row.receivedAt > lifeMs ? ('lost' as const) : undefined;
    }),
  );
  const ids = rows.flatMap(({ id }, at) => (settled[at] === undefined ? [] : [id]));
  if (ids.length > 0) await store.transaction((tx) => tx.releaseQuarantined(issuer, ids));
  for (const outcome of settled) if (outcome !== undefined) context.tell({ outcome });
}

function eventIn(
  { issuer, clock, hostSecrets }: InboxContext,
  { endpoints, at }: SecretView,
  row: QuarantinedRow,
): InboxEventRow | undefined {
  const endpoint = endpoints.find(({ row: { id } }) => id === row.endpointId);
  if (endpoint === undefined) return undefined;
  const secrets = acceptedSecrets(at.get(pathOf(endpoint)) ?? [], hostSecrets, clock.now());
  if (secrets.length === 0) return undefined;
  const delivery = openDelivery(endpoint, row);
  if (delivery === undefined) return undefined;
  const judgement = judgeDelivery(issuer, secrets, delivery);
  return judgement.is === 'signed' ? judgement.event : undefined;
}

/** `undefined`: the endpoint was made anew meanwhile, and nobody has the key. */
function openDelivery({ dataKey }: OpenEndpoint, row: QuarantinedRow): Delivery | undefined {
  try {
    const sealed = openSealed(dataKey, row.sealedDelivery, placeOf(row.issuer, row.id));
    return deliveryOf(Buffer.from(sealed).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The same delivery again has the same id. */
function idOf({ body, timestamp, signature }: Delivery): string {
  return createHash('sha256').update(`${timestamp}.${signature}.`).update(body).digest('base64url');
}

function textOf({ body, ...rest }: Delivery): string {
  return JSON.stringify({ ...rest, body: Buffer.from(body).toString('base64') });
}

function deliveryOf(text: string): Delivery {
  // The ciphertext is authenticated: what opens is what we sealed.
  const { body, ...rest } = JSON.parse(text) as Omit<Delivery, 'body'> & { readonly body: string };
  return { ...rest, body: Buffer.from(body, 'base64') };
}

function placeOf(issuer: string, id: string): SealedPlace {
  return { issuer, row: `quarantine:${id}`, column: 'sealed_delivery' };
}
