import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Clock, ConfigurationError } from '@seek-pass-kit/core';

/** A server that can end without losing an answer. */
export interface HttpServer {
  readonly port: number;
  /** From now on every answer tells its client to use the connection no more. */
  readonly drain: () => void;
  /** Takes no more connections and waits for the answers that are on; `false` when they took longer and were cut. */
  readonly close: (graceMs: number) => Promise<boolean>;
}

/** Where to listen. */
export interface ListenOptions {
  /** 0 for any free one. */
  readonly port: number;
  readonly hostname: string;
}

/** Against clients that hold connections by sending slowly, or not at all. Milliseconds and bytes. */
const usualLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
  // Longer than the usual 60 seconds of load balancers, which must be the first to close an idle connection.
  keepAliveTimeout: 65_000,
};

/** A connection on which nothing moves for this long is cut: a client that does not read its answer. */
const stillMs = 120_000;

/**
 * Opens a server.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the port is taken or may not be used.
 */
export async function openServer(
  listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
  { port, hostname }: ListenOptions,
  clock: Clock,
  limits: Partial<typeof usualLimits> = {},
): Promise<HttpServer> {
  const answering = new Set<ServerResponse>();
  let draining = false;
  const server = createServer({ ...usualLimits, ...limits }, (incoming, outgoing) => {
    answering.add(outgoing);
    outgoing.once('close', () => answering.delete(outgoing));
    if (draining) outgoing.setHeader('connection', 'close');
    listener(incoming, outgoing);
  });
  server.setTimeout(stillMs);
  await listen(server, port, hostname);
  // A connection that cannot be accepted is one client's trouble; unheard, the event would end the process.
  server.on('error', () => undefined);
  const address = server.address();
  const drain = (): void => {
    draining = true;
    for (const outgoing of answering) if (!outgoing.headersSent) outgoing.setHeader('connection', 'close');
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    drain,
    async close(graceMs) {
      drain();
      let cut = false;
      const cancel = clock.setTimer(graceMs, () => {
        cut = answering.size > 0;
        server.closeAllConnections();
      });
      await new Promise<void>((resolve) => server.close(() => resolve()));
      cancel();
      return !cut;
    },
  };
}

async function listen(server: Server, port: number, hostname: string): Promise<void> {
  server.listen(port, hostname);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new ConfigurationError(
      `Port ${port} of ${hostname} cannot be opened (${code}): free it or choose another port.`,
    );
  }
}
