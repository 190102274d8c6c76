import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Waits so long for the body of a request, in milliseconds, and answers 408 then. Not every server does (Fastify's has no limit): who sends a
 * byte now and then would hold a connection, and the end of the application, for as long as they like.
 */
export function endSlowRequest(incoming: IncomingMessage, outgoing: ServerResponse, ms: number): void {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = incoming.headers;
  if (length === '0' && encoding === undefined) return;
  const late = setTimeout(() => {
    // Answered before its body was there: nobody reads the rest of it.
    if (outgoing.headersSent) incoming.destroy();
    else outgoing.writeHead(408, { 'cache-control': 'no-store', connection: 'close' }).end();
  }, ms);
  const stop = (): void => clearTimeout(late);
  incoming.once('end', stop);
  incoming.once('close', stop);
}
