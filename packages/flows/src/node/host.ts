import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, ConfigurationError, systemClock } from '@seek-pass-kit/core';
import type { MetricsApi } from '../metrics/open-telemetry.ts';
import { createHealth, type HealthOptions, probes } from './health.ts';
import { errorName, type HostLogger } from './host-log.ts';
import { createMetrics } from './host-metrics.ts';
import { createHostRecord, type HostRecord } from './host-record.ts';
import { openServer } from './http-server.ts';
import { openMetricsServer } from './metrics-server.ts';
import { toNodeListener } from './node-listener.ts';
import { type HostRoute, pathOf, routeOf, serveRoutes } from './routes.ts';
import { whenAnswered } from './when-answered.ts';
import type { WorkPart } from './work-loop.ts';
import { type FlowWorker, startWorker } from './worker.ts';

/** Settings of {@link createHost}. */
export interface HostOptions {
  /** What is served: `[{ path: '/claim', handler: flow.claimPages() }]`. */
  readonly routes: readonly HostRoute[];
  /** What browsers call this host, without a path: `https://credentials.example.edu`. */
  readonly origin: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Address to listen on. Default `127.0.0.1`: TLS ends in a proxy on this machine. `0.0.0.0` for one elsewhere. */
  readonly hostname?: string;
  /** Who has work that is done here: `[addFlow, verifyFlow, inbox]`; see {@link startWorker}. Without it this host serves pages only. */
  readonly work?: readonly WorkPart[];
  readonly health: HealthOptions;
  /** Opens a second server on 127.0.0.1 with `/metrics` for Prometheus and `/health/ready` in full. Default: none. */
  readonly metrics?: { readonly port: number };
  /** `@opentelemetry/api`: the same numbers go to the meter provider that the application registered there. Default: nowhere. */
  readonly telemetry?: MetricsApi;
  /** What the client and the flow told; without it claims and calls are not counted. See {@link createHostRecord}. */
  readonly record?: HostRecord;
  readonly logger?: HostLogger;
  /** Closed at the very end, in this order: the client of SEEK Pass, the store. */
  readonly resources?: ReadonlyArray<{ close(): Promise<void> }>;
  /**
   * How long to go on answering after `/health/ready` says `draining`, so that load balancers look elsewhere first. Milliseconds, default
   * 1,000.
   */
  readonly drainMs?: number;
  /** How long requests and jobs that run may take to end after that. Milliseconds, default 20,000. */
  readonly graceMs?: number;
  readonly clock?: Clock;
  /** A number from 0 up to, not including, 1. Default `Math.random`. */
  readonly random?: () => number;
}

/** A host that listens and works. */
export interface Host {
  readonly port: number;
  readonly metricsPort?: number;
  /**
   * Ends without losing an answer or a job: says `draining`, takes no more connections, lets requests and jobs that run end, closes
   * the resources. What takes longer than the grace time is cut off; a job is then taken up by another worker. May be called twice.
   */
  close(): Promise<void>;
}

/**
 * Serves claim pages and does what is due, in one process. Any number of these may run beside each other.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the setting, the path or the port.
 */
export async function createHost(options: HostOptions): Promise<Host> {
  const { clock = systemClock, random = Math.random, record = createHostRecord() } = options;
  const { logger: log = () => undefined, drainMs = 1_000, graceMs = 20_000 } = options;
  if (options.health.issuers.length === 0) {
    throw new ConfigurationError('health.issuers is empty: name the issuers of the flows of this host.');
  }
  const { origin } = options;
  const onError = (error: unknown) => log({ event: 'request_failed', error: errorName(error) });
  const routes = serveRoutes(options.routes, { origin, onError });

  let draining = false;
  let worker: FlowWorker | undefined;
  const readiness = createHealth({
    health: options.health,
    record,
    worker: options.work === undefined ? undefined : { failing: () => worker?.failing() },
    draining: () => draining,
    clock,
  });
  const ownPages = toNodeListener(probes(readiness, false), { origin, onError });

  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const path = pathOf(incoming.url);
    const route = path.startsWith('/health/')
      ? { path: '/health', listener: ownPages }
      : routeOf(routes, path);
    whenAnswered(outgoing, route?.path ?? 'other', { record, clock }, (answered) =>
      log({ event: 'request', method: incoming.method ?? '', ...answered }),
    );
    (route?.listener ?? ownPages)(incoming, outgoing);
  };

  const { port, hostname = '127.0.0.1' } = options;
  const server = await openServer(listener, { port, hostname }, clock);
  const numbers = createMetrics({ health: options.health, record, readiness, clock });
  const metrics =
    options.metrics === undefined
      ? undefined
      : await openMetricsServer({ port: options.metrics.port, metrics: numbers, readiness, clock }).catch(
          async (error: unknown) => {
            numbers.stop();
            await server.close(0);
            throw error;
          },
        );
  if (options.telemetry !== undefined) numbers.observe(options.telemetry);
  if (options.work !== undefined) {
    worker = startWorker({ parts: options.work, record, logger: log, clock, random });
  }
  const metricsPort = metrics === undefined ? {} : { metricsPort: metrics.port };
  log({ event: 'listening', port: server.port, ...metricsPort });

  const close = async (): Promise<void> => {
    draining = true;
    log({ event: 'draining' });
    server.drain();
    const finished = worker?.close({ graceMs: drainMs + graceMs }) ?? true;
    await elapsed(clock, drainMs);
    const [answered, worked] = await Promise.all([server.close(graceMs), finished]);
    await metrics?.close();
    numbers.stop();
    for (const resource of options.resources ?? []) {
      await resource.close().catch((error: unknown) => {
        log({ event: 'close_failed', error: errorName(error) });
      });
    }
    log({ event: 'closed', inTime: answered && worked });
  };
  let closing: Promise<void> | undefined;
  return { port: server.port, ...metricsPort, close: () => (closing ??= close()) };
}

function elapsed(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimer(ms, resolve);
  });
}
