import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConfigurationError } from '@seek-pass-kit/core';
import type { Connection } from '../connection.ts';
import type { PlainHandler } from '../plain-request.ts';
import { limitedBody } from './limited-body.ts';
import { answerPlainly } from './plain-listener.ts';
import { sendResponse } from './send-response.ts';

/** The handlers of this kit: claim pages and webhook receivers. */
export interface WebHandler {
  (request: Request, connection: Connection): Promise<Response>;
  /** The same without `Request` and `Response`; webhook receivers have one. */
  readonly plain?: PlainHandler;
}

/** Settings of {@link toNodeListener}. */
export interface NodeListenerOptions {
  /**
   * What browsers call this server: `https://credentials.example.edu`, no path. URLs are made from it and never from the headers
   * `Host` and `X-Forwarded-…`, which the sender of a request chooses.
   */
  readonly origin: string;
  /** A longer body is answered with 413. Default 65,536 bytes. */
  readonly maxBodyBytes?: number;
  /** Told what a handler threw; the learner sees a bare 500. Default: name and code of the error go to stderr. */
  readonly onError?: (error: unknown) => void;
}

/** Answers a request of `node:http`. */
export type NodeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/**
 * Mounts a handler of this kit in `node:http`, Express, Koa or Fastify. Mount it before anything that reads bodies.
 *
 * ```ts
 * createServer(toNodeListener(flow.claimPages(), { origin: 'https://credentials.example.edu' }));
 * ```
 *
 * @throws {ConfigurationError} `invalid_configuration` for an origin that is none.
 */
export function toNodeListener(handler: WebHandler, options: NodeListenerOptions): NodeListener {
  // Ours and no library's: those take the origin from the Host header by default, and none limits the body.
  const origin = readOrigin(options.origin);
  const { maxBodyBytes = 65_536, onError = nameOnStderr } = options;
  const { plain } = handler;
  if (plain !== undefined) {
    return (incoming, outgoing) => {
      answerByPlain(plain, incoming, outgoing).catch(async (error: unknown) => {
        if (outgoing.destroyed) return;
        onError(error);
        if (outgoing.headersSent) outgoing.destroy();
        else await sendResponse(outgoing, bare(500), incoming.method);
      });
    };
  }
  return (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once('close', () => {
      if (!outgoing.writableEnded) gone.abort();
    });
    answer(incoming, outgoing, gone.signal).catch((error: unknown) => {
      // Half an answer cannot be taken back: the connection ends, and the client sees that it is not whole.
      outgoing.destroy();
      if (!gone.signal.aborted) onError(error);
    });
  };

  async function answerByPlain(of: PlainHandler, incoming: IncomingMessage, outgoing: ServerResponse) {
    const path = pathOf(incoming);
    if (path === undefined) return sendResponse(outgoing, bare(400), incoming.method);
    if (hasBody(incoming) && incoming.readableDidRead) throw bodyReadBefore();
    await answerPlainly(of, incoming, outgoing, { path, maxBodyBytes });
  }

  /** The path that the URL would have. Most need no URL to be read. */
  function pathOf(incoming: IncomingMessage & { originalUrl?: string }): string | undefined {
    const target = incoming.originalUrl ?? incoming.url ?? '';
    return plainPath.test(target) ? target : urlOf(origin, incoming)?.pathname;
  }

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse, gone: AbortSignal) {
    const { method = 'GET', headers, socket } = incoming;
    const url = urlOf(origin, incoming);
    if (url === undefined) return sendResponse(outgoing, bare(400), method);
    if (/^(CONNECT|TRACE|TRACK)$/.test(method)) return sendResponse(outgoing, bare(405), method);
    if (Number(headers['content-length'] ?? 0) > maxBodyBytes) {
      return sendResponse(outgoing, bare(413), method);
    }
    const body = hasBody(incoming) ? limitedBody(incoming, maxBodyBytes) : undefined;
    const { remoteAddress } = socket;
    let response: Response;
    try {
      if (body !== undefined && incoming.readableDidRead) throw bodyReadBefore();
      const request = requestOf(incoming, url, gone, body?.stream);
      const connection = { incoming, outgoing, ...(remoteAddress === undefined ? {} : { remoteAddress }) };
      response = await handler(request, connection);
    } catch (error) {
      if (gone.aborted) return;
      if (body?.tooLarge() !== true) onError(error);
      response = bare(500);
    }
    // Code of the host that the handler called has answered: there is no second answer to one request.
    if (outgoing.headersSent) return response.body?.cancel();
    await sendResponse(outgoing, body?.tooLarge() === true ? bare(413) : response, method);
  }
}

/** A path that stays as it is in a URL: no query, no `.` or empty part, nothing that is written otherwise there. */
const plainPath = /^(\/[A-Za-z0-9_-]+)+$/;

/** A body parser of the host came first: what it read is gone. */
function bodyReadBefore(): ConfigurationError {
  return new ConfigurationError(
    'The body of the request was read before: mount this handler before the body parser of the host.',
  );
}

function readOrigin(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text) return text;
  throw new ConfigurationError(
    'origin must be scheme and host without a path: write it like https://credentials.example.edu.',
  );
}

/** Express and Connect cut the path where a handler is mounted off `url` and keep the whole one in `originalUrl`. */
function urlOf(
  origin: string,
  { url, originalUrl }: IncomingMessage & { originalUrl?: string },
): URL | undefined {
  const target = originalUrl ?? url ?? '';
  // Put together as text: `//other.example/` resolved against the origin would be a URL of the other host.
  const path = target.startsWith('/') ? target : pathOfAbsolute(target);
  return path !== undefined && URL.canParse(origin + path) ? new URL(origin + path) : undefined;
}

/** A client may name the whole URL, as to a proxy. Its host means nothing here. */
function pathOfAbsolute(target: string): string | undefined {
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return undefined;
  const { pathname, search } = new URL(target);
  return pathname + search;
}

function hasBody({ headers, method }: IncomingMessage): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function requestOf(
  { method = 'GET', headers: received }: IncomingMessage,
  url: URL,
  signal: AbortSignal,
  body: ReadableStream<Uint8Array> | undefined,
): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    // HTTP/2 passes method and path as headers that begin with a colon.
    if (value !== undefined && !name.startsWith(':')) headers.set(name, String(value));
  }
  return new Request(url, {
    method,
    headers,
    signal,
    ...(body === undefined ? {} : { body, duplex: 'half' }),
  });
}

/** An answer that says nothing but its status. */
function bare(status: number): Response {
  return new Response(null, { status, headers: { 'cache-control': 'no-store', connection: 'close' } });
}

/** No message: what a handler of the host throws may say too much. */
function nameOnStderr(error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  process.stderr.write(`seek-pass-kit: a request failed: ${name}${code}\n`);
}
