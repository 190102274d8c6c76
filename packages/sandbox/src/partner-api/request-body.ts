import type { z } from 'zod';
import type { SandboxRequest, SandboxResponse } from '../http/message.ts';
import { apiError, invalidBody, problemsOf } from './api-error.ts';

/** A body that fits its schema, or the answer that says why it does not. */
export type ReadBody<T> =
  | { readonly ok: true; readonly value: T; readonly text: string }
  | { readonly ok: false; readonly answer: SandboxResponse };

/**
 * Reads a JSON body and checks it. `contentType: 'any'` is for bulk status, whose documented curl call sends no JSON content
 * type; everywhere else it must be `application/json`.
 */
export function readJson<S extends z.ZodType>(
  request: SandboxRequest,
  schema: S,
  contentType: 'json' | 'any' = 'json',
): ReadBody<z.output<S>> {
  if (contentType === 'json' && !isJson(request.header('content-type'))) {
    const message = 'Send JSON with the header "Content-Type: application/json".';
    return { ok: false, answer: apiError(415, 'unsupported_media_type', message) };
  }
  const text = request.body.toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return {
      ok: false,
      answer: apiError(400, 'malformed_json', 'The request body is not JSON: send one JSON object.'),
    };
  }
  let checked = schema.safeParse(parsed);
  if (!checked.success && text.includes(openCertPlaceholder))
    checked = schema.safeParse(withOpenCert(parsed));
  if (!checked.success) return { ok: false, answer: invalidBody(problemsOf(checked.error)) };
  return { ok: true, value: checked.data, text };
}

/** What stands for an OpenCert in the documented curl call. Typed as it stands there it must work (assumption `open_cert_placeholder`). */
const openCertPlaceholder = '<OPEN_CERTS>';

/** The body of an add with the smallest OpenCert in the placeholder's place. */
function withOpenCert(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (name, value: unknown) =>
    name === 'document' && value === openCertPlaceholder ? '{}' : value,
  );
}

function isJson(contentType: string | undefined): boolean {
  if (contentType === undefined) return false;
  if (contentType === 'application/json') return true;
  return contentType.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}
