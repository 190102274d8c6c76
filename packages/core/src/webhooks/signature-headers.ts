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

/** The names of the two headers that sign a webhook. */
export type SignatureHeaderName = 'x-timestamp' | 'x-signature';

/**
 * The value of a signature header, which must be there exactly once: with two, a proxy and the application could look
 * at different ones.
 *
 * @throws {WebhookSignatureError} reason `missing_header` or `duplicate_header`.
 */
export function readSignatureHeader(headers: WebhookHeaders, name: SignatureHeaderName): string {
  const values = headerValues(headers, name);
  const value = values[0];
  if (typeof value !== 'string' || value === '') {
    throw new WebhookSignatureError(
      'missing_header',
      `The header ${name} is missing. Pass the request's headers unchanged and let every proxy forward it.`,
    );
  }
  // Node and fetch join repeated headers with a comma, which neither value can contain.
  if (values.length > 1 || value.includes(',')) {
    throw new WebhookSignatureError(
      'duplicate_header',
      `The header ${name} is there more than once. Check that no proxy adds one of its own.`,
    );
  }
  return value;
}

/** Typed `unknown` inside: JavaScript callers may hand over anything, and nothing but our own error may come of it. */
function headerValues(headers: unknown, name: SignatureHeaderName): unknown[] {
  if (typeof headers !== 'object' || headers === null) return [];
  if ('get' in headers && typeof headers.get === 'function') return [headers.get(name)];
  const values: unknown[] = [];
  if (!Array.isArray(headers)) {
    for (const key of Object.keys(headers)) {
      if (isNamed(key, name)) values.push(Reflect.get(headers, key));
    }
  } else if (Array.isArray(headers[0])) {
    for (const pair of headers) {
      if (Array.isArray(pair) && isNamed(pair[0], name)) values.push(pair[1]);
    }
  } else {
    for (let i = 0; i < headers.length; i += 2) {
      if (isNamed(headers[i], name)) values.push(headers[i + 1]);
    }
  }
  return values.flat().filter((value) => value !== undefined);
}

function isNamed(candidate: unknown, name: SignatureHeaderName): boolean {
  return (
    typeof candidate === 'string' && candidate.length === name.length && candidate.toLowerCase() === name
  );
}
