import { formFields } from '../pages/claim-page.ts';
import { problemAnswer } from './answers.ts';
import type { Visit } from './claim-desk.ts';
import { type CsrfSecrets, isCsrfToken } from './csrf-token.ts';

const largestForm = 8 * 1024;

/** A posted form, or the answer to one that is not from our page. */
export type PostedForm = { readonly fields: URLSearchParams } | { readonly refused: Response };

/** Reads the form of a POST to the claim pages. */
export async function readForm(visit: Visit, cookieId: string | undefined): Promise<PostedForm> {
  const { request, desk } = visit;
  const posted = await readGuardedForm(request, desk, cookieId);
  if ('fields' in posted) return posted;
  if (posted.refused === 'no_cookie') return { refused: problemAnswer(visit, 'link_expired') };
  return { refused: problemAnswer(visit, 'foreign_form', { status: posted.refused }) };
}

/** Whose pages the form must be from. */
export interface FormGuard {
  /** Of our own pages. */
  readonly origin: string;
  readonly secrets: readonly CsrfSecrets[];
}

/**
 * Reads the form of a POST (security rule 6). It counts only from our own origin, as a plain form of a sensible length, with the token
 * that belongs to the id in this browser's cookie. `refused`: the status to answer with, or that the browser has no cookie.
 */
export async function readGuardedForm(
  request: Request,
  { origin, secrets }: FormGuard,
  cookieId: string | undefined,
): Promise<{ readonly fields: URLSearchParams } | { readonly refused: 403 | 413 | 415 | 'no_cookie' }> {
  if (request.headers.get('origin') !== origin) return { refused: 403 };
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return { refused: 415 };
  const body = await readBody(request);
  if (body === undefined) return { refused: 413 };
  if (cookieId === undefined) return { refused: 'no_cookie' };
  const fields = new URLSearchParams(body);
  return isCsrfToken(secrets, cookieId, fields.get(formFields.csrf) ?? '') ? { fields } : { refused: 403 };
}

/** `undefined`: too long. It is not read to its end then. */
async function readBody({ body, headers }: Request): Promise<string | undefined> {
  if (Number(headers.get('content-length') ?? 0) > largestForm) return undefined;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    const bytes: Uint8Array = piece;
    length += bytes.byteLength;
    if (length > largestForm) return undefined;
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString('utf8');
}
