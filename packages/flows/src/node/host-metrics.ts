import { type Clock, systemClock } from '@seek-pass-kit/core';
import { metrics } from '../metrics/definitions.ts';
import { one, type Reading } from '../metrics/metric.ts';
import { type MetricsApi, observe } from '../metrics/open-telemetry.ts';
import { watchProcess } from '../metrics/process-readings.ts';
import { prometheusText } from '../metrics/prometheus-text.ts';
import { watchStore } from '../metrics/watched-store.ts';
import { createHealth, type HealthOptions, type ReadinessDetails } from './health.ts';
import type { HostRecord } from './host-record.ts';

/** The numbers of a host. */
export interface HostMetrics {
  /** In the text format of Prometheus, version 0.0.4. */
  readonly prometheus: () => Promise<string>;
  /** Hands the numbers to OpenTelemetry, but those of the process, which its own instrumentation has. Ends with `stop`. */
  readonly observe: (api: MetricsApi) => void;
  readonly stop: () => void;
}

/** What {@link createMetrics} needs. */
export interface MetricsOptions {
  /** Absent: of a host that stores nothing. */
  readonly health?: HealthOptions | undefined;
  readonly record: HostRecord;
  /** Of `createHealth`, when the host has one: it knows how the work is. Default: one of a host without work. */
  readonly readiness?: () => Promise<ReadinessDetails>;
  /** Put on every number, to tell several hosts in one process apart: `{ registration: 'hr' }`. Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether Prometheus is told of the process too: its memory, its time. Default `true`; `false` where something else tells it. */
  readonly ofProcess?: boolean;
  readonly clock?: Clock;
}

/** Makes the numbers of a host, to serve under a path that only the operator reaches. */
export function createMetrics(options: MetricsOptions): HostMetrics {
  const { health, record, clock = systemClock, labels = {}, ofProcess = true } = options;
  const { readiness = createHealth({ health, record, clock }) } = options;
  const stored =
    health === undefined ? async () => [] : watchStore({ seekPassNow: () => clock.now(), ...health, clock });
  const process = ofProcess ? watchProcess() : { read: () => [], stop: () => undefined };
  const ends = [process.stop];

  const ofHost = async (): Promise<Reading[]> => {
    const { store: storeState, seekPass, work, jobs } = await readiness();
    return [
      ...(storeState === 'none' ? [] : [one(metrics.storeUp, Number(storeState === 'ok'))]),
      // Before the first call nobody knows: an alert must not wake anybody at a start.
      ...(seekPass === 'unknown' ? [] : [one(metrics.apiUp, Number(seekPass === 'ok'))]),
      one(metrics.workFailing, Number(work === 'failing')),
      ...(jobs === undefined
        ? []
        : [
            one(metrics.jobsDue, jobs.due),
            one(metrics.jobsDead, jobs.dead),
            one(metrics.oldestDueJob, jobs.oldestDueSeconds),
          ]),
      ...(storeState === 'ok' ? await stored() : []),
      ...record.readings(),
    ];
  };

  return {
    prometheus: async () => prometheusText([...(await ofHost()), ...process.read()], labels),
    observe: (api) => void ends.push(observe(api, observed, ofHost, labels)),
    stop() {
      for (const end of ends.splice(0)) end();
    },
  };
}

const observed = Object.values(metrics).filter(({ name }) => name.startsWith('seek_pass.'));
