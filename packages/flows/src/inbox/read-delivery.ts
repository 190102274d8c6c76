import type { PlainRequest } from '../plain-request.ts';
import type { RefusalReason } from './inbox-delivery.ts';
import type { Delivery } from './judge-delivery.ts';

/** The most that a delivery may have, in bytes; real ones have about 200. */
const mostBodyBytes = 65_536;

/** A request that may be a delivery, or why it cannot be one. */
export type ReadDelivery =
  | { readonly path: string; readonly delivery: Delivery }
  | { readonly status: number; readonly reason: RefusalReason };

/** What a reader of deliveries knows. */
export interface DeliveryReaderOptions {
  readonly receiverUrls: readonly URL[];
  /** The clock of SEEK Pass. */
  readonly now: () => number;
}

/** Makes a function that reads a delivery as far as it can be judged without its secret. */
export function deliveryReader({
  receiverUrls,
  now,
}: DeliveryReaderOptions): (request: PlainRequest) => Promise<ReadDelivery> {
  const paths = new Set(receiverUrls.map(({ pathname }) => pathname));
  return async (request) => {
    const { path } = request;
    if (!paths.has(path)) return { status: 404, reason: 'wrong_path' };
    if (request.method !== 'POST') return { status: 405, reason: 'wrong_method' };
    const encoding = request.header('content-encoding')?.trim().toLowerCase() ?? '';
    if (encoding !== '' && encoding !== 'identity') return { status: 415, reason: 'encoded' };
    const body = await request.body(mostBodyBytes).catch(() => 'broken_off' as const);
    if (body === undefined) return { status: 413, reason: 'too_large' };
    if (body === 'broken_off') return { status: 400, reason: 'body_not_raw' };
    const delivery = {
      body,
      timestamp: request.header('x-timestamp'),
      signature: request.header('x-signature'),
      receivedAt: now(),
    };
    return { path, delivery };
  };
}
