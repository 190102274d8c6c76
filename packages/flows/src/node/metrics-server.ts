import { type Clock, systemClock } from '@seek-pass-kit/core';
import { probes, type ReadinessDetails } from './health.ts';
import type { HostMetrics } from './host-metrics.ts';
import { openServer } from './http-server.ts';
import { toNodeListener, type WebHandler } from './node-listener.ts';

/** The operator's side of a host. */
export interface MetricsServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** What {@link openMetricsServer} serves, and where. */
export interface MetricsServerOptions {
  /** Of 127.0.0.1; 0 for any free one. */
  readonly port: number;
  /** See `createMetrics`. */
  readonly metrics: Pick<HostMetrics, 'prometheus'>;
  /** See `createHealth`. */
  readonly readiness: () => Promise<ReadinessDetails>;
  readonly clock?: Clock;
}

/**
 * Opens `/metrics` and `/health/ready` in full, on loopback and under its own name: a web page that resolves to this machine reads nothing
 * (security rule 22).
 *
 * @throws {ConfigurationError} `invalid_configuration` when the port is taken or may not be used.
 */
export async function openMetricsServer({
  port,
  metrics,
  readiness,
  clock = systemClock,
}: MetricsServerOptions): Promise<MetricsServer> {
  const probe = probes(readiness, true);
  const handler: WebHandler = async (request, connection) => {
    if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.get('host') ?? '')) {
      return new Response(null, { status: 403 });
    }
    if (new URL(request.url).pathname !== '/metrics') return probe(request, connection);
    const headers = {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    };
    return new Response(await metrics.prometheus(), { headers });
  };
  const listener = toNodeListener(handler, { origin: 'http://127.0.0.1' });
  const server = await openServer(listener, { port, hostname: '127.0.0.1' }, clock);
  return { port: server.port, close: () => server.close(0).then(() => undefined) };
}
