import {
  SeekPassError,
  type WebhookSignatureError,
  type WebhookSignatureReason,
  verifyWebhook,
  type WebhookEvent,
} from '@seek-pass-kit/core/webhooks';
import type { InboxEventRow } from '../store/inbox.ts';
import type { OpenEndpoint } from './sealed-endpoint.ts';

/** What of a delivery its signature is about. */
export interface Delivery {
  readonly body: Uint8Array;
  readonly timestamp: string | null;
  readonly signature: string | null;
  /** By the clock of SEEK Pass, in milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** What a delivery is by its signature. */
export type Judgement =
  | { readonly is: 'signed'; readonly event: InboxEventRow; readonly formerSecret: boolean }
  /** Recent and well formed, but no known secret made this signature. */
  | { readonly is: 'unknown_signature' }
  | { readonly is: 'refused'; readonly reason: WebhookSignatureReason };

/** Judges a delivery as of its receipt, by the secrets of this issuer alone: at least one. Touches nothing. */
export function judgeDelivery(
  issuer: string,
  secrets: readonly AcceptedSecret[],
  { body, timestamp, signature, receivedAt }: Delivery,
): Judgement {
  try {
    const { event, matchedSecretIndex } = verifyWebhook({
      body,
      headers: { 'x-timestamp': timestamp ?? undefined, 'x-signature': signature ?? undefined },
      secrets: secrets.map(({ secret }) => secret),
      now: receivedAt,
    });
    const row = eventRow(issuer, event, receivedAt);
    if (row === undefined) return { is: 'refused', reason: 'bad_payload' };
    return { is: 'signed', event: row, formerSecret: secrets[matchedSecretIndex]?.former === true };
  } catch (error) {
    if (!isBadSignature(error)) throw error;
    const { reason } = error;
    const wellFormed = /^[0-9a-f]{64}$/i.test(signature ?? '');
    return reason === 'bad_signature' && wellFormed ? { is: 'unknown_signature' } : { is: 'refused', reason };
  }
}

/** By its code: two copies of the package may be in one process. */
function isBadSignature(error: unknown): error is WebhookSignatureError {
  return SeekPassError.is(error) && error.code === 'bad_webhook_signature';
}

/** A secret that counts now. */
export interface AcceptedSecret {
  readonly secret: string;
  /** Whether there is a newer one that SEEK Pass should sign with. */
  readonly former: boolean;
}

/** Secrets of one URL that count at a time of our own clock, newest first: those of the store, and then those that the host holds. */
export function acceptedSecrets(
  endpoints: readonly OpenEndpoint[],
  hostSecrets: readonly string[],
  at: number,
): AcceptedSecret[] {
  const stored = endpoints
    .flatMap(({ secrets }) => secrets)
    .filter(({ until }) => until === null || until > at)
    .map(({ secret, until }) => ({ secret, former: until !== null }));
  return [...stored, ...heldSecrets(hostSecrets, stored.length > 0)];
}

/** Secrets that the host holds, newest first. */
export function heldSecrets(hostSecrets: readonly string[], newerStored = false): AcceptedSecret[] {
  return hostSecrets.map((secret, place) => ({ secret, former: newerStored || place > 0 }));
}

/** Names of the wire: printable, so that every database takes them, and short. Real ones are UUIDs. */
const namePattern = /^[\x21-\x7e]{1,200}$/;

/** `undefined`: signed, but with names that cannot be. */
function eventRow(issuer: string, event: WebhookEvent, receivedAt: number): InboxEventRow | undefined {
  const { event_id: eventId, type, kind, created_at: createdAt, request_id: requestId } = event;
  const names = requestId === undefined ? [eventId, type] : [eventId, type, requestId];
  if (!names.every((name) => namePattern.test(name))) return undefined;
  const created = Date.parse(createdAt);
  return {
    issuer,
    eventId,
    type,
    kind,
    requestId: requestId ?? null,
    createdAt: Number.isFinite(created) ? created : receivedAt,
    receivedAt,
  };
}
