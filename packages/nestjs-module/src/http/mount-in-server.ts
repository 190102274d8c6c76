import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FrontDoor } from '@seek-pass-kit/flows/node';

type RequestListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/**
 * Answers requests at exactly these paths before the framework sees them: what Express and Fastify do for every request takes longer than
 * judging a webhook. Nothing depends on it: where the application is served by another server, the door in the framework answers.
 */
export function mountInServer(server: Server, paths: ReadonlySet<string>, door: FrontDoor): void {
  const framework = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (paths.has(incoming.url ?? '') && door.take(incoming, outgoing)) return;
    for (const listener of framework) listener.call(server, incoming, outgoing);
  });
}
