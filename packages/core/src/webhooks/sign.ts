import { computeSignature, requireSecret } from './signature.ts';

/** What {@link sign} needs. */
export interface SignInput {
  /** The raw body, exactly as it will be sent. */
  readonly body: string | Uint8Array;
  /** The endpoint's secret, as SEEK Pass returned it. */
  readonly secret: string;
  /** Unix time in seconds. */
  readonly timestamp: number;
}

/** The two headers that sign a webhook: Unix time in seconds, and 64 characters of lower-case hex. */
export type SignedHeaders = Readonly<Record<'x-timestamp' | 'x-signature', string>>;

/**
 * Signs a webhook as SEEK Pass does (docs: "Webhooks" of Verify with SEEK Pass), for your tests.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the secret cannot be right.
 * @example
 * const headers = sign({ body, secret, timestamp: Math.floor(Date.now() / 1000) });
 * await fetch('http://127.0.0.1:3000/webhooks/seek-pass', { method: 'POST', body, headers });
 */
export function sign({ body, secret, timestamp }: SignInput): SignedHeaders {
  const signedAt = String(timestamp);
  return {
    'x-timestamp': signedAt,
    'x-signature': computeSignature(requireSecret(secret), signedAt, body),
  };
}
