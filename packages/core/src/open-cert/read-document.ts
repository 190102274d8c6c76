import { invalid } from './check.ts';
import type { OpenCertCheck } from './report.ts';

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Tells an object from everything else that JSON can hold. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The document, or why it could not be read. */
export type ReadDocument =
  | { readonly document: JsonObject; readonly fault?: undefined }
  | { readonly fault: OpenCertCheck };

/**
 * Reads a document from its text. An object goes through text as well, so that what is checked is what would be sent.
 * `maxBytes` undefined: no limit.
 */
export function readDocument(given: unknown, maxBytes = Number.POSITIVE_INFINITY): ReadDocument {
  const text = typeof given === 'string' ? given : toText(given);
  if (text === undefined) {
    return {
      fault: invalid(
        'not_json',
        'The document cannot be written as JSON.',
        'Pass the text of the OpenCert file.',
      ),
    };
  }
  if (text.length > maxBytes || Buffer.byteLength(text) > maxBytes) {
    return {
      fault: invalid(
        'too_large',
        `The document is larger than ${maxBytes} bytes.`,
        'Make the images in it smaller, or raise `maxBytes`.',
      ),
    };
  }
  let parsed: unknown;
  try {
    // Editors on Windows begin files with a byte order mark.
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return {
      fault: invalid('not_json', 'The document is not JSON.', 'Pass the whole text of the OpenCert file.'),
    };
  }
  if (isJsonObject(parsed)) return { document: parsed };
  if (typeof parsed !== 'string') {
    return {
      fault: invalid(
        'not_an_object',
        'The document is JSON, but no object.',
        'Pass the whole text of the OpenCert file.',
      ),
    };
  }
  return {
    fault: invalid(
      'double_encoded',
      'The document is encoded as JSON twice.',
      'Leave one JSON.stringify out, or use openCertDocument.',
    ),
  };
}

/** JSON text of an object; undefined when it cannot be written: a cycle, a bigint, nesting without end. */
export function toText(given: unknown): string | undefined {
  try {
    return isJsonObject(given) ? JSON.stringify(given) : undefined;
  } catch {
    return undefined;
  }
}
