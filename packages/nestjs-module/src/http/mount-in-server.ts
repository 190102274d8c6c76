import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FrontDoor } from '@seek-pass-kit/flows/node';

type RequestListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/**
 * Answers requests before the framework sees them; `take` says which. Nothing but logs and time depends on it: where the application is served
 * by another server, the door in the framework answers.
 */
export function mountInServer(server: Server, take: FrontDoor['take']): void {
  const framework = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (take(incoming, outgoing)) return;
    for (const listener of framework) listener.call(server, incoming, outgoing);
  });
}
