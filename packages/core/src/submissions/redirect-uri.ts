import { UnexpectedResponseError } from '../errors.ts';
import type { JsonObject } from '../http/json.ts';
import { readText } from '../http/json.ts';
import type { Settings } from '../resolve-options.ts';

/** Which of the two flows of SEEK Pass a redirect URI must belong to. */
export type Flow = 'add' | 'verify';

/** What {@link parseRedirectUri} checks a URI against. */
export interface RedirectExpectation {
  /** Origin of SEEK Pass, like `https://app.seekpass-staging.com`. */
  readonly origin: string;
  readonly clientId: string;
  readonly flow: Flow;
}

/** The parts of a redirect URI of the add flow (docs: "Redirect user"). */
export interface AddRedirect {
  /** As in the path: `education`, `englishProficiency`, `microcredential`, `batch`, … */
  readonly type: string;
  readonly clientId: string;
  /** Absent for a batch. */
  readonly documentType?: string;
  /** The request id of SEEK Pass, not the `id` of the submission. */
  readonly content: string;
}

/** A verify redirect: its format is not documented, so only its origin is vouched for. */
export interface VerifyRedirect {
  readonly type: undefined;
}

const longestUri = 8_192;
const addPath = /^\/partner\/add\/([A-Za-z][A-Za-z0-9_-]*)(?:\?[^#]*)?#(.+)$/;

/**
 * Reads a redirect URI and vouches that a browser may be sent there (security rule 1): `https` on SEEK Pass's origin, and for the
 * add flow a path under `/partner/add/` and our own client id. The text is compared as it stands, before any parser can bend
 * it: no user info, port, backslash, control or non-ASCII character gets past. Throws `UnexpectedResponseError`, code
 * `hostile_redirect`. Pass the URI on unchanged, its fragment included.
 */
export function parseRedirectUri(uri: unknown, expected: RedirectExpectation & { flow: 'add' }): AddRedirect;
export function parseRedirectUri(uri: unknown, expected: RedirectExpectation): AddRedirect | VerifyRedirect;
export function parseRedirectUri(uri: unknown, expected: RedirectExpectation): AddRedirect | VerifyRedirect {
  if (typeof uri !== 'string' || uri.length > longestUri)
    throw hostile('it is not a text of a sensible length');
  if (!/^[\x21-\x7e]+$/.test(uri) || uri.includes('\\'))
    throw hostile('it holds characters that no such link has');
  const { origin } = expected;
  const rest = uri.slice(origin.length);
  if (!uri.startsWith(origin) || !/^\/(?!\/)/.test(rest)) throw hostile('it does not point to SEEK Pass');
  if (expected.flow === 'verify') return { type: undefined };

  const match = addPath.exec(rest);
  const type = match?.[1];
  const fragment = match?.[2];
  if (type === undefined || fragment === undefined) throw hostile('it is not a link of the add flow');
  const parameters = new URLSearchParams(fragment);
  const clientId = only(parameters, 'clientId');
  const content = only(parameters, 'content');
  const documentType = parameters.has('documentType') ? only(parameters, 'documentType') : undefined;
  if (clientId !== expected.clientId) throw hostile('it belongs to another client id');
  if (content === '') throw hostile('it names no request');
  return documentType === undefined ? { type, clientId, content } : { type, clientId, documentType, content };
}

/** The redirect URI of an answer, checked. */
export function readRedirectUri(
  response: JsonObject,
  flow: Flow,
  { redirectOrigin: origin, clientId }: Settings,
): string {
  const redirectUri = readText(response, 'redirect_uri');
  parseRedirectUri(redirectUri, { origin, clientId, flow });
  return redirectUri;
}

function only(parameters: URLSearchParams, name: string): string {
  const values = parameters.getAll(name);
  if (values.length !== 1 || values[0] === undefined) throw hostile(`it does not have exactly one ${name}`);
  return values[0];
}

function hostile(why: string): UnexpectedResponseError {
  return new UnexpectedResponseError(
    `The redirect URI must not be followed: ${why}. Check the settings baseUrl, redirectOrigin and clientId; if they are right, tell SEEK Pass.`,
    {},
    'hostile_redirect',
  );
}
