import { StoreUnavailable } from '../store/ports.ts';
import { within } from '../node/within.ts';
import type { RefusalReason, UnavailableReason } from './inbox-delivery.ts';
import type { InboxContext } from './inbox-options.ts';
import { acceptedSecrets, type Delivery, judgeDelivery } from './judge-delivery.ts';
import { createQuarantine } from './quarantine.ts';
import { readRawBody } from './raw-body.ts';
import type { SecretBook } from './secret-book.ts';
import type { StoreEvent } from './store-events.ts';

/**
 * Answers what SEEK Pass sends: 204 once an event is stored, or was before; 4xx for what SEEK Pass cannot have sent, without asking the
 * database anything; 503 when it is to come again.
 */
export type WebhookReceiver = (request: Request) => Promise<Response>;

/** SEEK Pass does not say how long it waits for an answer; what is stored after this time is a duplicate when it comes again. */
const storePatienceMs = 5_000;

/** Makes the receiver of an inbox. Any number of processes may run it over one store. */
export function createReceiver(
  context: InboxContext,
  book: SecretBook,
  storeEvent: StoreEvent,
): WebhookReceiver {
  const { issuer, receiverUrl, seekPass, clock, tell } = context;
  const quarantine = createQuarantine(context);

  const refused = (status: number, reason: RefusalReason, headers: Record<string, string> = {}) => {
    tell({ outcome: 'refused', reason });
    return answer(status, headers);
  };
  const unavailable = (reason: UnavailableReason) => {
    tell({ outcome: 'unavailable', reason });
    return answer(503);
  };

  return async (request) => {
    if (new URL(request.url).pathname !== receiverUrl.pathname) return refused(404, 'wrong_path');
    if (request.method !== 'POST') return refused(405, 'wrong_method', { allow: 'POST' });
    const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? '';
    if (encoding !== '' && encoding !== 'identity') return refused(415, 'encoded');
    const body = await readRawBody(request).catch(() => 'broken_off' as const);
    if (body === undefined) return refused(413, 'too_large');
    if (body === 'broken_off') return refused(400, 'body_not_raw');

    const { endpoints } = book.view;
    const delivery: Delivery = {
      body,
      timestamp: request.headers.get('x-timestamp'),
      signature: request.headers.get('x-signature'),
      receivedAt: seekPass.now(),
    };
    const secrets = acceptedSecrets(endpoints, clock.now());
    if (secrets.length === 0) return unavailable('no_secret');
    const judgement = judgeDelivery(issuer, secrets, delivery);
    if (judgement.is === 'refused') return refused(400, judgement.reason);
    if (judgement.is === 'unknown_signature') {
      if (!book.isFresh()) return unavailable('secrets_not_fresh');
      const rotated = endpoints.find(({ row }) => row.rotation !== null);
      if (rotated === undefined) return refused(400, 'bad_signature');
      // Whether or not it could be kept, it is to come again, and the open verifications are polled.
      await quarantine(rotated, delivery).catch(() => undefined);
      return answer(503);
    }
    const stored = await within(clock, storePatienceMs, storeEvent(judgement.event)).catch(nothingStored);
    if (stored === undefined) return unavailable('store');
    tell({ outcome: stored, formerSecret: judgement.formerSecret });
    return answer(204);
  };
}

/** Whatever it is, SEEK Pass need not know, and a later delivery may fare better. */
function nothingStored(error: unknown): undefined {
  if (!(error instanceof StoreUnavailable)) nameOnStderr(error);
  return undefined;
}

/** No message: what a database says may say too much. */
function nameOnStderr(error: unknown): void {
  process.stderr.write(
    `seek-pass-kit: a webhook event was not stored: ${error instanceof Error ? error.name : typeof error}\n`,
  );
}

function answer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { 'cache-control': 'no-store', ...headers } });
}
