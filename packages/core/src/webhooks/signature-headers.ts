import { WebhookSignatureError } from '../errors.ts';

/**
 * The headers of a webhook request, in any shape that hosts hand out: a fetch `Headers` object, the `headers` of a
 * Node request (Express, Fastify, Koa), its flat `rawHeaders`, or `[name, value]` pairs. Names in any case.
 */
export type WebhookHeaders =
  | { get(name: string): string | null | undefined }
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | readonly (readonly [name: string, value: string])[]
  | readonly string[];

/** The two headers that sign a webhook, as sent. */
export interface SignatureHeaders {
  readonly timestamp: string;
  readonly signature: string;
}

const timestampName = 'x-timestamp';
const signatureName = 'x-signature';

/**
 * Picks out the signature headers, each of which must be there exactly once: with two, a proxy and the application
 * could look at different ones.
 *
 * @throws {WebhookSignatureError} reason `missing_header` or `duplicate_header`.
 */
export function readSignatureHeaders(headers: WebhookHeaders): SignatureHeaders {
  const found = new FoundHeaders();
  collect(headers, found);
  return {
    timestamp: found.timestamp ?? missing(timestampName),
    signature: found.signature ?? missing(signatureName),
  };
}

class FoundHeaders {
  timestamp: string | undefined;
  signature: string | undefined;

  take(name: unknown, value: unknown): void {
    // Both names have 11 characters, most others do not.
    if (typeof name !== 'string' || name.length !== timestampName.length) return;
    const lowerCase = name.toLowerCase();
    if (lowerCase === timestampName) this.timestamp = single(lowerCase, this.timestamp, value);
    else if (lowerCase === signatureName) this.signature = single(lowerCase, this.signature, value);
  }
}

/** Parameter `headers` is `unknown`: JavaScript callers may hand over anything, and only our own error may come of it. */
function collect(headers: unknown, found: FoundHeaders): void {
  if (typeof headers !== 'object' || headers === null) return;
  if ('get' in headers && typeof headers.get === 'function') {
    found.take(timestampName, headers.get(timestampName));
    found.take(signatureName, headers.get(signatureName));
  } else if (!Array.isArray(headers)) {
    for (const name of Object.keys(headers)) found.take(name, Reflect.get(headers, name));
  } else if (Array.isArray(headers[0])) {
    for (const pair of headers) if (Array.isArray(pair)) found.take(pair[0], pair[1]);
  } else {
    for (let i = 0; i < headers.length; i += 2) found.take(headers[i], headers[i + 1]);
  }
}

function single(name: string, before: string | undefined, value: unknown): string | undefined {
  const given: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  // Node and fetch join repeated headers with a comma, which neither value can contain.
  const repeated = Array.isArray(given) ? given.length > 1 : typeof given === 'string' && given.includes(',');
  if (repeated || (before !== undefined && typeof given === 'string')) {
    throw new WebhookSignatureError(
      'duplicate_header',
      `The header ${name} is there more than once. Check that no proxy adds one of its own.`,
    );
  }
  return typeof given === 'string' && given !== '' ? given : before;
}

function missing(name: string): never {
  throw new WebhookSignatureError(
    'missing_header',
    `The header ${name} is missing. Pass the request's headers unchanged and let every proxy forward it.`,
  );
}
