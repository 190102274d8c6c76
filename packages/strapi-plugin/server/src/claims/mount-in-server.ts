import type { IncomingMessage, Server, ServerResponse } from 'node:http';

type RequestListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** Answers the request and gives `true`, or leaves it alone and gives `false`. */
export type TakeRequest = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/**
 * Asks `take` about every request before Strapi sees it: at the server itself and not as a middleware, since a middleware is behind those of
 * plugins that registered before, and shares its headers, its log and its error handler with all of them. Gives what undoes it.
 */
export function mountInServer(server: Server, take: TakeRequest): () => void {
  const strapi = server.listeners('request') as RequestListener[];
  const inFront: RequestListener = (incoming, outgoing) => {
    if (take(incoming, outgoing)) return;
    for (const listener of strapi) listener.call(server, incoming, outgoing);
  };
  server.removeAllListeners('request');
  server.on('request', inFront);
  return () => {
    server.off('request', inFront);
    for (const listener of strapi) server.on('request', listener);
  };
}
