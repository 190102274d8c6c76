import type { BlockList } from 'node:net';
import { ConfigurationError } from '@seek-pass-kit/core';
import { type ClaimSecrets, deriveClaimSecrets } from '../claims/claim-secrets.ts';
import { isIn, readNetworks } from '../claims/networks.ts';
import { networkName, visitorAddress, wideNetworkOf } from '../claims/visitor-network.ts';
import type { FlowContext } from '../flow-context.ts';
import { startOfWindow } from '../store/limit-window.ts';
import { mediaTypes } from './file-type.ts';
import { findServedDocument, type ServedDocument } from './find-served-document.ts';

/** Settings of {@link createDocumentHandler}. */
export interface DocumentHandlerOptions {
  /**
   * Addresses or networks (`203.0.113.0/24`) that may fetch files: those of SEEK Pass. They are not documented, ask for them, or look at
   * the notices `document_served` of a test. Default: whoever has the path.
   */
  readonly callers?: readonly string[];
  /** Addresses or networks of your proxies: only what they say in `X-Forwarded-For` is believed. Default none. */
  readonly trustedProxies?: readonly string[];
  /** Told what went wrong on our side. */
  readonly onError?: (error: unknown) => void;
}

/** Answers the requests below `documents.baseUrl`. It never rejects; `connection` tells the address at the other end of the socket. */
export type DocumentHandler = (
  request: Request,
  connection?: { readonly remoteAddress?: string },
) => Promise<Response>;

/** How often what may be fetched. One fetcher of SEEK Pass may come for a whole graduation, and repeat what it did not get. */
export const documentLimits = { perDocumentAnHour: 60, perNetworkAMinute: 600 } as const;

const hour = 3_600_000;
const minute = 60_000;

interface Rules {
  readonly callers: BlockList | undefined;
  readonly trustedProxies: BlockList;
  readonly secrets: readonly ClaimSecrets[];
}

/**
 * Makes the handler of everything below `documents.baseUrl`: one document for one path, as long as the submission is open that names it. There
 * is no list, and whatever is not served looks the same.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the setting.
 */
export function createDocumentHandler(
  context: FlowContext,
  { callers, trustedProxies = [], onError }: DocumentHandlerOptions = {},
): DocumentHandler {
  const { baseUrl } = context.documents ?? {};
  if (baseUrl === undefined) {
    throw new ConfigurationError(
      'documents.baseUrl of the flow is missing: set it to where this handler is mounted.',
    );
  }
  if (callers?.length === 0) {
    throw new ConfigurationError(
      'callers is empty, so that nobody could fetch: list networks of SEEK Pass, or leave it out.',
    );
  }
  const { pathname } = new URL(baseUrl);
  const rules: Rules = {
    callers: callers === undefined ? undefined : readNetworks('callers', callers),
    trustedProxies: readNetworks('trustedProxies', trustedProxies),
    secrets: deriveClaimSecrets(context.issuer, context.claimKeys),
  };
  return async (request, { remoteAddress } = {}) => {
    try {
      const path = new URL(request.url).pathname;
      const token = path.startsWith(`${pathname}/`) ? path.slice(pathname.length + 1) : '';
      return await answer(context, rules, {
        method: request.method,
        token,
        address: visitorAddress(request, remoteAddress, rules.trustedProxies),
      });
    } catch (error) {
      try {
        onError?.(error);
      } catch {
        // An observer must not break an answer.
      }
      return bare(503, { 'retry-after': '60' });
    }
  };
}

/** Where somebody comes from, as a notice tells it. */
interface SeenNetwork {
  readonly network?: string;
}

/** One request, as far as it matters. */
interface Fetch {
  readonly method: string;
  readonly token: string;
  /** Of whoever fetches. */
  readonly address: string | undefined;
}

async function answer(context: FlowContext, rules: Rules, fetch: Fetch): Promise<Response> {
  const { method, token, address } = fetch;
  if (method !== 'GET' && method !== 'HEAD') return bare(405, { allow: 'GET, HEAD' });
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return bare(404);
  const network = address === undefined ? {} : { network: wideNetworkOf(address) };
  if (rules.callers !== undefined) {
    if (address === undefined || !isIn(rules.callers, address)) {
      context.onNotice?.({ event: 'document_refused', because: 'caller', ...network });
      return bare(404);
    }
  } else if (address !== undefined && !(await takeOfNetwork(context, rules, address))) {
    return tooOften(context, network, minute);
  }
  const served = await findServedDocument(context, token);
  if (served === undefined) return bare(404);
  if (!(await takeOfDocument(context, served))) return tooOften(context, network, hour);
  return method === 'HEAD'
    ? new Response(null, { headers: headersOf(served) })
    : serve(context, served, network);
}

async function serve(context: FlowContext, served: ServedDocument, network: SeenNetwork): Promise<Response> {
  const { issuer, store, clock } = context;
  const { awardId } = served.document;
  const { attempt } = served;
  const bytes = await served.open();
  if (bytes === undefined) return bare(404);
  // Recorded first: nothing leaves without a trace.
  await store.transaction((tx) =>
    tx.appendHistory([
      {
        issuer,
        awardId,
        at: clock.now(),
        who: 'system',
        what: 'document_served',
        why: `attempt ${attempt}`,
        payloadHash: null,
      },
    ]),
  );
  context.onNotice?.({ event: 'document_served', awardId, attempt, ...network });
  return new Response(bodyOf(bytes), { headers: headersOf(served) });
}

const chunkBytes = 65_536;

/** A body that is read from the file itself: `Response` copies bytes that it is given, and a slow connection keeps the copy. */
function bodyOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      // A copy: whoever reads may take its memory over.
      controller.enqueue(Uint8Array.from(bytes.subarray(at, at + chunkBytes)));
      at += chunkBytes;
      if (at >= bytes.length) controller.close();
    },
  });
}

async function takeOfNetwork({ issuer, store, clock }: FlowContext, { secrets }: Rules, address: string) {
  const key = `document:${issuer}:network:${networkName(secrets, address)}`;
  return (await store.limits.take(key, documentLimits.perNetworkAMinute, minute, clock.now())).allowed;
}

async function takeOfDocument({ issuer, store, clock }: FlowContext, { document, attempt }: ServedDocument) {
  const key = `document:${issuer}:${document.awardId}:${attempt}`;
  return (await store.limits.take(key, documentLimits.perDocumentAnHour, hour, clock.now())).allowed;
}

function tooOften(context: FlowContext, network: SeenNetwork, windowMs: number): Response {
  context.onNotice?.({ event: 'document_refused', because: 'too_often', ...network });
  const now = context.clock.now();
  const waitMs = startOfWindow(windowMs, now) + windowMs - now;
  return bare(429, { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1_000))) });
}

/** What every answer says: not to be kept, found or run by anybody. */
const everywhere = {
  'cache-control': 'no-store',
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
} as const;

function headersOf({ document: { type, size } }: ServedDocument): Headers {
  return new Headers({
    ...everywhere,
    'content-type': mediaTypes[type],
    'content-length': String(size),
    // Named after nothing: a file name goes further than its path.
    'content-disposition': `attachment; filename="document.${type}"`,
  });
}

function bare(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { ...everywhere, ...headers } });
}
