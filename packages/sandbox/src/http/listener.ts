import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SandboxError } from '../sandbox-error.ts';
import { LoopbackGuard } from './loopback-guard.ts';
import { Traffic } from './traffic.ts';
import type { TrafficOptions } from './traffic.ts';

/** Where the sandbox listens: this machine only. */
export const loopbackAddress = '127.0.0.1';

/** What a listener is made of. */
export interface ListenerOptions extends TrafficOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Names the setting in the error when the port is taken. */
  readonly setting: string;
}

/** A listening HTTP server. */
export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts an HTTP server on loopback. Throws `port_in_use` when the port is taken. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const server = createServer({ keepAliveTimeout: 65_000 });
  const port = await listen(server, options);
  const traffic = new Traffic(options, new LoopbackGuard(port, { guarded: options.guarded }));
  server.on('request', (request, response) => traffic.take(request, response));
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, options: ListenerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE';
      const message = taken
        ? `Port ${options.port} (${options.setting}) is taken: stop what listens there, or choose another port, or 0 for any free one.`
        : `The sandbox cannot listen on port ${options.port} (${options.setting}): choose another port, or 0 for any free one.`;
      reject(new SandboxError(taken ? 'port_in_use' : 'invalid_configuration', message, { cause }));
    });
    server.listen(options.port, loopbackAddress, () => {
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : options.port);
    });
  });
}
