import type { WebhookEvent } from './webhook-event.ts';

/**
 * What a claim found:
 * - `claimed`: the event is yours; end with `complete` or `release`, giving the claim back.
 * - `in_progress`: another delivery of it is being worked on.
 * - `completed`: it was worked on with success before.
 */
export type EventClaim =
  | { readonly outcome: 'claimed'; readonly eventId: string; readonly token: string }
  | { readonly outcome: 'in_progress' | 'completed' };

/** A claim that was won. */
export type WonEventClaim = Extract<EventClaim, { outcome: 'claimed' }>;

/**
 * Remembers which events were worked on. Implement it on your database; {@link createMemoryEventLedger} serves tests
 * and a single process.
 *
 * Keep completed events for at least twice the tolerance of {@link verifyWebhook} (30 minutes by default): a captured
 * delivery can be replayed that long. A claim that is neither completed nor released must run out by itself, or a
 * crash would lose the event.
 */
export interface EventLedger {
  /** Atomically: of two calls at the same time with the same id, one at most is `claimed`. */
  claim(eventId: string): Promise<EventClaim>;
  /** Marks the event as done. Called only after the work succeeded. */
  complete(claim: WonEventClaim): Promise<void>;
  /** Gives the event back after a failure. Does nothing when the claim ran out and somebody else holds it. */
  release(claim: WonEventClaim): Promise<void>;
}

/** What {@link processOnce} did. `in_progress`: answer 503, so that the sender may try again if the other attempt fails. */
export type ProcessOutcome = 'processed' | 'already_processed' | 'in_progress';

/**
 * Runs `work` for an event unless it was done before. The key is the `event_id` of the signed body: a header can be
 * changed by whoever replays a delivery. The event counts as done only after `work` succeeded; when it throws, the
 * event is given back and the error passed on, and a later delivery does the work.
 *
 * `work` can run a second time after a crash between its end and the mark: let it be safe to repeat.
 *
 * @example
 * const outcome = await processOnce(ledger, event, () => inbox.store(event));
 * response.statusCode = outcome === 'in_progress' ? 503 : 204;
 */
export async function processOnce(
  ledger: EventLedger,
  event: Pick<WebhookEvent, 'event_id'>,
  work: () => Promise<void>,
): Promise<ProcessOutcome> {
  const claim = await ledger.claim(event.event_id);
  if (claim.outcome !== 'claimed') {
    return claim.outcome === 'completed' ? 'already_processed' : 'in_progress';
  }
  try {
    await work();
  } catch (error) {
    // When giving it back fails as well, the claim runs out; the first error is the one that tells why.
    await ledger.release(claim).catch(() => undefined);
    throw error;
  }
  await ledger.complete(claim);
  return 'processed';
}
