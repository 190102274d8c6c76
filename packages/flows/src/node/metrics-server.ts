import type { Clock } from '@seek-pass-kit/core';
import { type HealthOptions, probes, type ReadinessDetails } from './health.ts';
import { hostMetrics } from './host-metrics.ts';
import type { HostRecord } from './host-record.ts';
import { type HttpServer, openServer } from './http-server.ts';
import { toNodeListener, type WebHandler } from './node-listener.ts';

/** The operator's side of a host. */
export interface MetricsServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Opens `/metrics` and the health in full, on loopback and under its own name: a web page that resolves to this machine reads nothing. */
export async function openMetricsServer(
  port: number,
  health: HealthOptions,
  record: HostRecord,
  readiness: () => Promise<ReadinessDetails>,
  clock: Clock,
): Promise<MetricsServer> {
  const { text, stop } = hostMetrics(health, record, readiness, clock);
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
    return new Response(await text(), { headers });
  };
  const listener = toNodeListener(handler, { origin: 'http://127.0.0.1' });
  let server: HttpServer;
  try {
    server = await openServer(listener, { port, hostname: '127.0.0.1' }, clock);
  } catch (error) {
    stop();
    throw error;
  }
  return {
    port: server.port,
    async close() {
      stop();
      await server.close(0);
    },
  };
}
