import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FrontDoor } from '@seek-pass-kit/flows/node';

/** A Fastify instance, 4 or 5. */
export interface FastifyInstance {
  addHook(name: 'onRequest', hook: FastifyHook): void;
  all(path: string, options: { readonly logLevel: 'silent' }, handler: () => Promise<void>): void;
  /** There once Nest has made Fastify run middleware. */
  use?(middleware: (incoming: IncomingMessage, outgoing: ServerResponse, next: () => void) => void): void;
}

type FastifyHook = (
  request: { readonly raw: IncomingMessage },
  reply: { readonly raw: ServerResponse; hijack(): void },
  done: () => void,
) => void;

/**
 * Puts a door in front of the middleware, hooks and body parsers of a Fastify instance. Hooks that the application gave its instance
 * before Nest had it run first all the same.
 */
export function mountInFastify(fastify: FastifyInstance, door: Pick<FrontDoor, 'take'>): void {
  if (fastify.use === undefined) {
    fastify.addHook('onRequest', (request, reply, done) => {
      if (door.take(request.raw, reply.raw)) reply.hijack();
      else done();
    });
    return;
  }
  // Middleware runs in a hook that is there by now, and so before one of ours would: ours is the first of it.
  fastify.use((incoming, outgoing, next) => {
    if (!door.take(incoming, outgoing)) next();
  });
}

/** Keeps Fastify's own logger from writing paths below this one. */
export function silenceInFastify(fastify: FastifyInstance, path: string): void {
  for (const below of [path, `${path}/*`]) {
    fastify.all(below, { logLevel: 'silent' }, async () => undefined);
  }
}
