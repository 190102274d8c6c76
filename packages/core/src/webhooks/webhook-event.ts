import { WebhookSignatureError } from '../errors.ts';

interface SignedEvent {
  /** Unique per event: the same one again is a duplicate. */
  readonly event_id: string;
  /** When SEEK Pass made the event, ISO 8601 in UTC, as sent. */
  readonly created_at: string;
  /** The whole event as it was signed, with members that this version of the kit does not know. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The user has finished the verification: fetch the result with `seekPass.verify.result(event.request_id)`. */
export interface VerifiedEvent extends SignedEvent {
  readonly kind: 'verified';
  readonly type: 'vwsp_request.verified';
  /** The id of the verification request. */
  readonly request_id: string;
}

/**
 * The user has canceled the verification, or it ran out. Assumption: the documentation names the event, but prints
 * only the type text of the verified one.
 */
export interface CanceledEvent extends SignedEvent {
  readonly kind: 'canceled';
  readonly type: 'vwsp_request.canceled';
  /** The id of the verification request. */
  readonly request_id: string;
}

/** A signed event of a type that this version of the kit does not know. Answer it with 2xx and log its `type`. */
export interface UnknownEvent extends SignedEvent {
  readonly kind: 'unknown';
  /** The type as sent. */
  readonly type: string;
  readonly request_id?: string;
}

/**
 * A webhook event (docs: "Webhooks" of Verify with SEEK Pass). Switch on `kind`; `type` is the text as sent. Events are
 * thin: they carry no personal data, the result is fetched by `request_id`.
 */
export type WebhookEvent = VerifiedEvent | CanceledEvent | UnknownEvent;

/** Refuses what is not UTF-8 and drops a byte order mark, which is signed like every other byte but is no JSON. */
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the event out of a body whose signature is already verified.
 *
 * @throws {WebhookSignatureError} reason `bad_payload`: not UTF-8, not a JSON object, or a documented member is missing.
 */
export function parseWebhookEvent(body: Uint8Array): WebhookEvent {
  const payload = parseObject(body);
  const event_id = text(payload, 'event_id');
  const type = text(payload, 'type');
  const created_at = text(payload, 'created_at');
  if (type === 'vwsp_request.verified') {
    return { kind: 'verified', type, event_id, request_id: text(payload, 'request_id'), created_at, payload };
  }
  if (type === 'vwsp_request.canceled') {
    return { kind: 'canceled', type, event_id, request_id: text(payload, 'request_id'), created_at, payload };
  }
  const unknown: UnknownEvent = { kind: 'unknown', type, event_id, created_at, payload };
  const request_id = payload['request_id'];
  return typeof request_id === 'string' ? { ...unknown, request_id } : unknown;
}

function parseObject(body: Uint8Array): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(strictUtf8.decode(body));
  } catch {
    // Without the cause: JSON.parse quotes the body in its message.
    throw badPayload('The signed webhook body is not JSON in UTF-8');
  }
  if (isObject(parsed)) return parsed;
  throw badPayload('The signed webhook body is not a JSON object');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(payload: Record<string, unknown>, member: string): string {
  const value = payload[member];
  if (typeof value === 'string' && value !== '') return value;
  throw badPayload(`The signed webhook event has no text in \`${member}\``);
}

function badPayload(what: string): WebhookSignatureError {
  return new WebhookSignatureError('bad_payload', `${what}. Answer 400 and ask SEEK Pass what it sent.`);
}
