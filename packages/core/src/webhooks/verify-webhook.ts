import { timingSafeEqual } from 'node:crypto';
import { ConfigurationError, WebhookSignatureError } from '../errors.ts';
import { computeSignature, requireWebhookSecrets } from './signature.ts';
import { readSignatureHeaders, type WebhookHeaders } from './signature-headers.ts';
import { parseWebhookEvent, type WebhookEvent } from './webhook-event.ts';

/** What {@link verifyWebhook} needs. */
export interface VerifyWebhookInput {
  /** The raw body, as it came over the wire. Prefer bytes: decoding to text can drop a byte order mark. */
  readonly body: string | Uint8Array;
  /** The request's headers, unchanged. */
  readonly headers: WebhookHeaders;
  /** The endpoint's secret; during a rotation the new one first, then the previous one. */
  readonly secrets: string | readonly string[];
  /** Milliseconds since the epoch. Default: the machine's clock. */
  readonly now?: number;
  /** How far the signed timestamp may be from `now`, before or after, in seconds. Default 900, as documented. */
  readonly toleranceSeconds?: number;
  /** The largest body that is looked at, in bytes. Default 65,536; real events have about 200. */
  readonly maxBodyBytes?: number;
}

/** A webhook that SEEK Pass signed. */
export interface VerifiedWebhook {
  readonly event: WebhookEvent;
  /** Which of `secrets` signed it: above 0 means that SEEK Pass still signs with a previous one. */
  readonly matchedSecretIndex: number;
}

/**
 * Verifies a webhook and reads its event, in the documented order: time, signature over the raw body, and only then
 * JSON (docs: "Webhooks" of Verify with SEEK Pass). Whether the event was seen before is the work of
 * {@link processOnce}.
 *
 * @throws {WebhookSignatureError} `bad_webhook_signature`; its `reason` says which check failed. Answer 400.
 * @throws {ConfigurationError} `invalid_configuration` when a secret or a number is unusable. Answer 500.
 * @example
 * const { event } = verifyWebhook({ body: rawBody, headers: request.headers, secrets: settings.webhookSecrets });
 * if (event.kind === 'verified') await fetchResult(event.request_id);
 */
export function verifyWebhook(input: VerifyWebhookInput): VerifiedWebhook {
  const { headers, now = Date.now(), toleranceSeconds = 900, maxBodyBytes = 65_536 } = input;
  const secrets = requireWebhookSecrets(input.secrets);
  const body = rawBytes(input.body, maxBodyBytes);
  const { timestamp, signature } = readSignatureHeaders(headers);
  requireRecent(timestamp, now, toleranceSeconds);
  const matchedSecretIndex = matchSecret(secrets, timestamp, signature, body);
  return { event: parseWebhookEvent(body), matchedSecretIndex };
}

/** Text becomes bytes once, so that what is parsed is what was signed. */
function rawBytes(body: unknown, maxBodyBytes: number): Uint8Array {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  if (!isBytes(bytes)) {
    throw new WebhookSignatureError(
      'body_not_raw',
      'The webhook body is not raw, something parsed it before. Pass the bytes or the text of the request as they came, from a raw body parser on this route.',
    );
  }
  if (bytes.byteLength <= maxBodyBytes) return bytes;
  throw new WebhookSignatureError(
    'bad_payload',
    `The webhook body is larger than \`maxBodyBytes\` (${maxBodyBytes}). Answer 413.`,
  );
}

/** Not `instanceof Uint8Array`: test runners hand over arrays of another realm. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value);
}

/** Written so that a number which is not one (NaN) refuses instead of accepting. */
function requireRecent(timestamp: string, now: number, toleranceSeconds: number): void {
  if (!Number.isFinite(now) || !Number.isFinite(toleranceSeconds) || toleranceSeconds < 0) {
    throw new ConfigurationError(
      '`now` must be milliseconds and `toleranceSeconds` a number from 0. Mend the setting.',
    );
  }
  if (!/^[0-9]{1,15}$/.test(timestamp)) {
    throw new WebhookSignatureError(
      'bad_timestamp',
      'The header x-timestamp is not a Unix time in whole seconds. Pass the headers unchanged.',
    );
  }
  const age = Math.floor(now / 1000) - Number(timestamp);
  if (Math.abs(age) <= toleranceSeconds) return;
  throw new WebhookSignatureError(
    age > 0 ? 'too_old' : 'too_new',
    `The webhook was signed more than ${toleranceSeconds} seconds ${age > 0 ? 'ago' : 'in the future'}. If this is no replay, set this machine's clock (NTP).`,
  );
}

/**
 * Hex is read in either case: both spell the same bytes, so nothing weaker is accepted, and a gateway that rewrites the
 * case loses no event.
 */
function matchSecret(
  secrets: readonly string[],
  timestamp: string,
  signature: string,
  body: Uint8Array,
): number {
  if (!/^[0-9a-f]{64}$/i.test(signature)) {
    throw new WebhookSignatureError(
      'bad_signature',
      'The header x-signature is not 64 characters of hex. Pass the headers unchanged.',
    );
  }
  const given = Buffer.from(signature.toLowerCase(), 'latin1');
  const index = secrets.findIndex((secret) =>
    timingSafeEqual(given, Buffer.from(computeSignature(secret, timestamp, body), 'latin1')),
  );
  if (index >= 0) return index;
  throw new WebhookSignatureError(
    'bad_signature',
    'None of `secrets` made this signature. Check that the body is the raw one and that `secrets` belong to this webhook, the previous one too during a rotation.',
  );
}
