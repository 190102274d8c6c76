import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '@seek-pass-kit/core';
import type { HealthOptions, ReadinessDetails } from './health.ts';
import type { HostRecord } from './host-record.ts';
import { counted, type Metric, metricsText, single } from './metrics-text.ts';

/** Counting all awards costs the database something: scrapes within this time share one count. */
const freshForMs = 10_000;

/** Makes a function that writes a host's metrics. `stop` ends the watch of the event loop. */
export function hostMetrics(
  health: HealthOptions,
  record: HostRecord,
  readiness: () => Promise<ReadinessDetails>,
  clock: Clock,
): { readonly text: () => Promise<string>; readonly stop: () => void } {
  const delay = monitorEventLoopDelay();
  delay.enable();
  let last: { readonly at: number; readonly metrics: Promise<Metric[]> } | undefined;

  const stored = (): Promise<Metric[]> => {
    const now = clock.now();
    if (last === undefined || now - last.at >= freshForMs) {
      // Without the store the rest is all the more wanted.
      last = { at: now, metrics: storedMetrics(health).catch(() => []) };
    }
    return last.metrics;
  };

  return {
    async text() {
      const { store, seekPass, work, jobs } = await readiness();
      const own = [...hostMetricsOf(record), ...processMetrics(delay)];
      delay.reset();
      return metricsText([
        single('seek_pass_store_up', 'gauge', 'Whether the store answers.', Number(store === 'ok')),
        single('seek_pass_api_up', 'gauge', 'Whether SEEK Pass answered last.', Number(seekPass === 'ok')),
        single('seek_pass_work_failing', 'gauge', 'Whether the last run failed.', Number(work === 'failing')),
        ...(jobs === undefined
          ? []
          : [
              single('seek_pass_jobs_due', 'gauge', 'Jobs that wait for a worker.', jobs.due),
              single('seek_pass_jobs_dead', 'gauge', 'Jobs set aside for a person.', jobs.dead),
              single(
                'seek_pass_oldest_due_job_age_seconds',
                'gauge',
                'For how long the longest due job waits.',
                jobs.oldestDueSeconds,
              ),
            ]),
        ...(store === 'ok' ? await stored() : []),
        ...own,
      ]);
    },
    stop: () => delay.disable(),
  };
}

/** Summed over the issuers of the host: a label for each would tell whose host this is. */
async function storedMetrics({ store, issuers }: HealthOptions): Promise<Metric[]> {
  const awards = await Promise.all(issuers.map((issuer) => store.read.countByState(issuer)));
  const mails = await Promise.all(issuers.map((issuer) => store.read.countMailsByState(issuer)));
  return [
    byState('seek_pass_awards', 'Awards by state.', awards),
    byState('seek_pass_mails', 'Mails by state.', mails),
  ];
}

function byState(
  name: string,
  help: string,
  counts: ReadonlyArray<Readonly<Record<string, number>>>,
): Metric {
  const sums = new Map<string, number>();
  for (const [state, count] of counts.flatMap((of) => Object.entries(of))) {
    sums.set(state, (sums.get(state) ?? 0) + count);
  }
  return {
    name,
    help,
    type: 'gauge',
    labels: ['state'],
    values: [...sums].map(([state, sum]) => [[state], sum] as const),
  };
}

function hostMetricsOf({ calls, claims, jobs, asked, requests, requestSeconds }: HostRecord): Metric[] {
  return [
    counted('seek_pass_claims_total', 'Confirmed claims by outcome.', claims, ['outcome']),
    counted('seek_pass_jobs_total', 'Jobs run by this process, by outcome.', jobs, ['outcome']),
    counted('seek_pass_polled_submissions_total', 'Submissions that SEEK Pass was asked about.', asked),
    counted('seek_pass_api_calls_total', 'Calls to SEEK Pass; polling is the operation statuses.', calls, [
      'operation',
      'outcome',
    ]),
    counted('seek_pass_http_requests_total', 'Requests answered, by route and class of status.', requests, [
      'route',
      'status',
    ]),
    counted('seek_pass_http_request_seconds_total', 'Seconds that answers took, by route.', requestSeconds, [
      'route',
    ]),
  ];
}

function processMetrics(delay: { percentile(percentile: number): number }): Metric[] {
  const { user, system } = process.cpuUsage();
  const startedAt = Date.now() / 1_000 - process.uptime();
  return [
    single(
      'process_cpu_seconds_total',
      'counter',
      'CPU time of this process, user and system.',
      (user + system) / 1e6,
    ),
    single(
      'process_resident_memory_bytes',
      'gauge',
      'Memory that this process holds.',
      process.memoryUsage.rss(),
    ),
    single(
      'process_start_time_seconds',
      'gauge',
      'When this process started, since the epoch.',
      Math.round(startedAt),
    ),
    single(
      'nodejs_eventloop_lag_p99_seconds',
      'gauge',
      'How late timers came since the last scrape, 99th percentile.',
      delay.percentile(99) / 1e9,
    ),
  ];
}
