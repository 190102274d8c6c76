import { type SeekPass, systemClock } from '@seek-pass-kit/core';
import type { Store } from '@seek-pass-kit/flows';
import type {
  FlowWorker,
  HostLogger,
  HostMetrics,
  HostRecord,
  MetricsServer,
  ReadinessDetails,
  WorkPart,
} from '@seek-pass-kit/flows/node';
import { defaultName } from '../injection/tokens.ts';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import { readMetricsPort, readWorker } from './work-settings.ts';

type Timing = Pick<SeekPassModuleOptions, 'clock' | 'random'>;

/** What {@link openWork} works with and tells about. */
export interface WorkOptions {
  readonly name: string;
  readonly issuer: string;
  readonly options: Pick<SeekPassModuleOptions, 'worker' | 'metrics'> & Timing;
  readonly seekPass: SeekPass;
  /** Absent in a registration that stores nothing. */
  readonly store?: Store;
  /** Who has work: the flows and the inbox. */
  readonly parts: readonly WorkPart[];
  readonly record: HostRecord;
  readonly log: HostLogger;
}

/** The work of a registration, and how it fares, in the life of the application. */
export interface RegistrationWork {
  /** Whether it is well. Calls nobody but the store, and that once a second at most. */
  readonly readiness: () => Promise<ReadinessDetails>;
  /** Absent without the setting `metrics`. */
  readonly metrics: HostMetrics | undefined;
  /** Whether jobs are done here. */
  readonly works: boolean;
  /** @throws {ConfigurationError} `invalid_configuration` when the port of the metrics is taken. */
  readonly start: () => Promise<void>;
  /** Begins no more jobs and waits for those that run. May be called twice. */
  readonly drain: () => Promise<void>;
  /** Ends what {@link RegistrationWork.start} began, at the very end: metrics are told until then. */
  readonly close: () => Promise<void>;
}

/**
 * Prepares the work of a registration. Nothing runs before {@link RegistrationWork.start}.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the setting.
 */
export async function openWork({
  name,
  issuer,
  options,
  seekPass,
  store,
  parts,
  record,
  log,
}: WorkOptions): Promise<RegistrationWork> {
  const { createHealth, createMetrics, openMetricsServer, startWorker } = await import(
    '@seek-pass-kit/flows/node'
  );
  const { clock = systemClock, random = Math.random, metrics: metricsSetting } = options;
  const { wanted, graceMs } = readWorker(options.worker);
  const port = readMetricsPort(metricsSetting);
  const works = wanted && parts.length > 0;
  let worker: FlowWorker | undefined;
  let server: MetricsServer | undefined;
  let starting: Promise<void> | undefined;
  let draining: Promise<void> | undefined;
  let inTime = true;

  const health =
    store === undefined ? undefined : { store, issuers: [issuer], seekPassNow: () => seekPass.now() };
  const readiness = createHealth({
    health,
    record,
    worker: works ? { failing: () => worker?.failing() } : undefined,
    draining: () => draining !== undefined,
    clock,
  });
  const metrics =
    metricsSetting === undefined
      ? undefined
      : createMetrics({
          health,
          record,
          readiness,
          labels: name === defaultName ? {} : { registration: name },
          // The application has its own instrumentation for these.
          ofProcess: false,
          clock,
        });

  const start = async (): Promise<void> => {
    if (metrics !== undefined && port !== undefined) {
      server = await openMetricsServer({ port, metrics, readiness, clock });
      log({ event: 'listening', metricsPort: server.port });
    }
    if (metricsSetting?.telemetry !== undefined) metrics?.observe(metricsSetting.telemetry);
    if (works && draining === undefined) worker = startWorker({ parts, record, logger: log, clock, random });
  };
  const drain = async (): Promise<void> => {
    // An application may be closed while it starts.
    await starting?.catch(() => undefined);
    if (worker === undefined) return;
    log({ event: 'draining' });
    inTime = await worker.close({ graceMs });
  };
  return {
    readiness,
    metrics,
    works,
    start: () => (starting = start()),
    drain: () => (draining ??= drain()),
    async close() {
      if (worker !== undefined) log({ event: 'closed', inTime });
      await server?.close();
      metrics?.stop();
    },
  };
}
