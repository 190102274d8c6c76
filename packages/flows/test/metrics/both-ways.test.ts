import * as api from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import { describe, expect, onTestFinished, test } from 'vitest';
import { metrics } from '../../src/metrics/definitions.ts';
import { type MetricDefinition, prometheusName } from '../../src/metrics/metric.ts';
import { joinPrometheus } from '../../src/metrics/prometheus-text.ts';
import { createMetrics } from '../../src/node/host-metrics.ts';
import { createHostRecord } from '../../src/node/host-record.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { awardRow, mailRow, recipientRow, submissionRow } from '../conformance/sample-rows.ts';
import { fixtureStart, StandingClock } from '../standing-clock.ts';

const hourMs = 3_600_000;

/** Numbers of a host with something of everything. */
async function openNumbers() {
  const store = createMemoryStore();
  const clock = new StandingClock();
  await store.transaction(async (tx) => {
    await tx.insertRecipients([recipientRow('default', 'r1')]);
    // Left: 40 hours, 3 hours, none for an hour.
    for (const [at, age] of [8, 45, 49].entries()) {
      await tx.insertAwards([
        awardRow('default', `a${at}`, 'r1', { facts: { submissions: [{ attempt: 1, outcome: 'open' }] } }),
      ]);
      const submittedAt = fixtureStart - age * hourMs;
      await tx.insertSubmission(
        submissionRow('default', `s${at}`, `a${at}`, { submittedAt, nextPollAt: fixtureStart - at * 60_000 }),
      );
    }
    await tx.insertMails([mailRow('default', 'm1', { state: 'unknown' })]);
    for (const at of [fixtureStart - 900_000, fixtureStart - 5_000])
      await tx.appendAudit([
        { issuer: 'default', at, who: 'staff-7', what: 'looked', about: 'key:k1', why: null },
      ]);
  });
  const record = createHostRecord();
  const call = { call: 1, attempts: 1, durationMs: 250 } as const;
  record.onSeekPassEvent({ type: 'call', operation: 'token', outcome: 'ok', ...call });
  record.onSeekPassEvent({ type: 'call', operation: 'statuses', outcome: 'ok', ...call });
  record.onSeekPassEvent({ type: 'quota_failed' });
  record.onNotice({ event: 'claim_ended', awardId: 'a0', outcome: 'redirect' });
  record.onNotice({ event: 'awards_issued', results: { created: 3, unchanged: 17 } });
  record.onDelivery({ outcome: 'duplicate', formerSecret: false });
  record.worked({
    jobs: { done: 4, retried: 1, dead: 0, lost: 0, ended: 'nothing_due' },
    polling: { asked: 45, calls: 2, events: [], ended: 'nothing_due' },
  });
  record.answered('/claim', '2xx', 0.5);
  const numbers = createMetrics({ health: { store, issuers: ['default'] }, record, clock });
  onTestFinished(() => numbers.stop());
  return { numbers, store, clock, record };
}

/** Every number by its series as Prometheus writes it. */
async function scraped({ prometheus }: { readonly prometheus: () => Promise<string> }) {
  const series = new Map<string, number>();
  for (const line of (await prometheus()).split('\n')) {
    const [name = '', value = ''] = line.startsWith('#') ? [] : line.split(/ (?=\S+$)/);
    if (name !== '') series.set(name, Number(value));
  }
  return series;
}

describe('for Prometheus', () => {
  test('the numbers are those of the store and of what was counted', async () => {
    const { numbers } = await openNumbers();
    expect(Object.fromEntries(await scraped(numbers))).toMatchObject({
      'seek_pass_awards{state="submitted"}': 3,
      'seek_pass_awards{state="added"}': 0,
      seek_pass_open_submissions: 3,
      seek_pass_oldest_open_submission_age_seconds: 49 * 3_600,
      'seek_pass_submission_time_left_seconds_bucket{le="0"}': 1,
      'seek_pass_submission_time_left_seconds_bucket{le="7200"}': 1,
      'seek_pass_submission_time_left_seconds_bucket{le="14400"}': 2,
      'seek_pass_submission_time_left_seconds_bucket{le="129600"}': 2,
      'seek_pass_submission_time_left_seconds_bucket{le="172800"}': 3,
      'seek_pass_submission_time_left_seconds_bucket{le="+Inf"}': 3,
      seek_pass_submission_time_left_seconds_sum: 42 * 3_600,
      seek_pass_submission_time_left_seconds_count: 3,
      seek_pass_oldest_due_poll_age_seconds: 120,
      seek_pass_audit_lines_waiting: 2,
      seek_pass_audit_oldest_waiting_age_seconds: 900,
      'seek_pass_mails{state="unknown"}': 1,
      'seek_pass_token_fetches_total{outcome="ok"}': 1,
      'seek_pass_dedupe_hits_total{of="award"}': 17,
      'seek_pass_dedupe_hits_total{of="webhook"}': 1,
      'seek_pass_webhooks_total{outcome="duplicate"}': 1,
      seek_pass_polls_total: 2,
      seek_pass_polled_submissions_total: 45,
      'seek_pass_without_shared_total{what="quota"}': 1,
      'seek_pass_inbox_tasks{state="dead"}': 0,
      seek_pass_oldest_unhandled_event_age_seconds: 0,
      'seek_pass_api_calls_total{operation="statuses",outcome="ok"}': 1,
      'seek_pass_api_call_seconds_total{operation="statuses"}': 0.25,
    });
  });

  test('a parser that is not ours reads each metric with its help and its type', async () => {
    const { numbers } = await openNumbers();
    const parsed = parsePrometheusTextFormat(await numbers.prometheus());
    const definitions: readonly MetricDefinition[] = Object.values(metrics);
    expect(new Set(parsed.map(({ name }) => name))).toEqual(new Set(definitions.map(prometheusName)));
    for (const { name, help, type, metrics: values } of parsed) {
      const of = definitions.find((one) => prometheusName(one) === name);
      expect({ help, type: type.toLowerCase() }).toEqual({ help: of?.help, type: of?.kind });
      if (type === 'HISTOGRAM') {
        expect(values[0]?.buckets).toMatchObject({ 0: '1', 172800: '3', '+Inf': '3' });
        continue;
      }
      for (const { value, labels } of values) {
        expect(Number.isFinite(Number(value))).toBe(true);
        expect(Object.keys(labels ?? {})).toEqual(of?.labels);
      }
    }
  });
});

test('what an alert counts is there before it first happens, so that its first time is seen', async () => {
  const numbers = createMetrics({
    health: { store: createMemoryStore(), issuers: ['default'] },
    record: createHostRecord(),
  });
  onTestFinished(() => numbers.stop());
  const series = await scraped(numbers);
  for (const name of [
    'seek_pass_claims_total{outcome="unavailable"}',
    'seek_pass_token_fetches_total{outcome="authentication_failed"}',
    'seek_pass_webhooks_total{outcome="quarantined"}',
    'seek_pass_webhooks_total{outcome="lost"}',
    'seek_pass_webhooks_total{outcome="refused"}',
    'seek_pass_webhooks_total{outcome="bad_signature"}',
    'seek_pass_webhooks_total{outcome="stored"}',
    'seek_pass_without_shared_total{what="quota"}',
    'seek_pass_jobs_total{outcome="dead"}',
    'seek_pass_mails{state="unknown"}',
    'seek_pass_awards{state="rejected"}',
    'seek_pass_inbox_tasks{state="dead"}',
  ]) {
    expect([name, series.get(name)]).toEqual([name, 0]);
  }
});

describe('for OpenTelemetry', () => {
  /** What the SDK exports, by the series that its collector writes for Prometheus. */
  async function exported() {
    const { numbers, record } = await openNumbers();
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const provider = new MeterProvider({ readers: [reader] });
    onTestFinished(() => provider.shutdown());
    numbers.observe({ metrics: provider });
    await reader.forceFlush();
    const all = exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    return { numbers, record, all, exporter, reader };
  }

  test('the numbers are the same as for Prometheus, under names that its collector translates into the same', async () => {
    const { numbers, all } = await exported();
    const translated = new Map<string, number>();
    for (const { descriptor, dataPoints, ...metric } of all) {
      const counts = 'isMonotonic' in metric && metric.isMonotonic;
      const unit = descriptor.unit === 's' ? '_seconds' : '';
      const name = `${descriptor.name.replaceAll('.', '_')}${unit}${counts ? '_total' : ''}`;
      for (const { attributes, value } of dataPoints) {
        const pairs = Object.entries(attributes).map(([label, of]) => `${label}="${String(of)}"`);
        translated.set(`${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`}`, value as number);
      }
    }
    const series = [...(await scraped(numbers))].filter(([name]) => name.startsWith('seek_pass_'));
    expect(series.length).toBeGreaterThan(50);
    expect(translated).toEqual(new Map(series));
  });

  test('the API itself takes them, and after the end nothing more is told', async () => {
    const { numbers, record, exporter, reader } = await exported();
    numbers.observe(api);
    numbers.stop();
    exporter.reset();
    record.onNotice({ event: 'claim_ended', awardId: 'a1', outcome: 'redirect' });
    await reader.forceFlush();
    const told = exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    const claims = told.find(({ descriptor }) => descriptor.name === 'seek_pass.claims');
    expect(claims?.dataPoints.map(({ value }) => value) ?? []).not.toContain(2);
  });
});

describe('several hosts in one process', () => {
  /** Two clients of a group, each with a record of its own; one stores nothing. */
  function twoHosts() {
    const clock = new StandingClock();
    const records = [createHostRecord({ clock }), createHostRecord({ clock })] as const;
    const hosts = ['hr', 'med'].map((registration, at) =>
      createMetrics({
        health: at === 0 ? { store: createMemoryStore(), issuers: [registration] } : undefined,
        record: records[at] ?? createHostRecord(),
        labels: { registration },
        ofProcess: false,
        clock,
      }),
    );
    onTestFinished(() => {
      for (const host of hosts) host.stop();
    });
    records[0].onSeekPassEvent({ type: 'quota_failed' });
    for (let at = 0; at < 2; at += 1) records[1].onSeekPassEvent({ type: 'quota_failed' });
    return hosts;
  }

  test('Prometheus reads them as one text, told apart by their label', async () => {
    const texts = await Promise.all(twoHosts().map(({ prometheus }) => prometheus()));
    const joined = joinPrometheus(texts);
    const lines = joined.split('\n');
    expect(lines).toContain('seek_pass_without_shared_total{registration="hr",what="quota"} 1');
    expect(lines).toContain('seek_pass_without_shared_total{registration="med",what="quota"} 2');
    expect(lines).toContain('seek_pass_store_up{registration="hr"} 1');
    expect(joined).not.toMatch(/seek_pass_store_up\{registration="med"|process_/);
    const types = lines.filter((line) => line.startsWith('# TYPE'));
    expect(new Set(types).size).toBe(types.length);
    expect(parsePrometheusTextFormat(joined)).toHaveLength(types.length);
    expect(lines.filter((line) => line.includes('{')).length).toBe(
      texts.flatMap((text) => text.split('\n')).filter((line) => line.includes('{')).length,
    );
  });

  test('OpenTelemetry gets the numbers of both', async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const provider = new MeterProvider({ readers: [reader] });
    onTestFinished(() => provider.shutdown());
    for (const host of twoHosts()) host.observe({ metrics: provider });
    await reader.forceFlush();
    const quota = new Map<unknown, unknown>();
    const told = exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
      .filter(({ descriptor }) => descriptor.name === 'seek_pass.without_shared');
    for (const { dataPoints } of told) {
      for (const { attributes, value } of dataPoints)
        if (attributes['what'] === 'quota') quota.set(attributes['registration'], value);
    }
    expect(quota).toEqual(
      new Map([
        ['hr', 1],
        ['med', 2],
      ]),
    );
  });
});
