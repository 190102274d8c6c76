import { type Clock, systemClock } from '@seek-pass-kit/core';
import { metrics } from '../metrics/definitions.ts';
import { one, type Reading } from '../metrics/metric.ts';
import { type MetricsApi, observe } from '../metrics/open-telemetry.ts';
import { watchProcess } from '../metrics/process-readings.ts';
import { prometheusText } from '../metrics/prometheus-text.ts';
import { watchStore } from '../metrics/watched-store.ts';
import { type HealthOptions, healthOf, type ReadinessDetails } from './health.ts';
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
  readonly health: HealthOptions;
  readonly record: HostRecord;
  readonly clock?: Clock;
}

/** Makes the numbers of a host that is not of this kit, to serve under a path that only the operator reaches. */
export function createMetrics({ health, record, clock = systemClock }: MetricsOptions): HostMetrics {
  const readiness = healthOf(health, {
    clock,
    seekPassState: record.seekPassState,
    workFails: () => undefined,
    hasWork: false,
    draining: () => false,
  });
  return hostMetrics(health, record, readiness, clock);
}

/** Makes the numbers of a host. */
export function hostMetrics(
  health: HealthOptions,
  record: HostRecord,
  readiness: () => Promise<ReadinessDetails>,
  clock: Clock,
): HostMetrics {
  const { store, issuers, seekPassNow = () => clock.now() } = health;
  const stored = watchStore({ store, issuers, clock, seekPassNow });
  const ofProcess = watchProcess();
  const ends = [ofProcess.stop];

  const ofHost = async (): Promise<Reading[]> => {
    const { store: storeState, seekPass, work, jobs } = await readiness();
    return [
      one(metrics.storeUp, Number(storeState === 'ok')),
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
    prometheus: async () => prometheusText([...(await ofHost()), ...ofProcess.read()]),
    observe: (api) => void ends.push(observe(api, observed, ofHost)),
    stop() {
      for (const end of ends.splice(0)) end();
    },
  };
}

const observed = Object.values(metrics).filter(({ name }) => name.startsWith('seek_pass.'));
