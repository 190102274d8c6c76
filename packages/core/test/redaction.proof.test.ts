import * as api from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SeekPassEvent } from '../src/index.ts';
import { Secret, SeekPass } from '../src/index.ts';
import type { Fault, SeenRequest } from '../src/testing/index.ts';
import { FaultDispatcher, ManualClock } from '../src/testing/index.ts';

const seed = Number(process.env['PROVE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = process.env['PROVE'] === 'full' ? 5_000 : 200;

const spans = new InMemorySpanExporter();
const metrics = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
const meterProvider = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 1e9 })],
});

beforeAll(() => {
  api.trace.setGlobalTracerProvider(tracerProvider);
  api.metrics.setGlobalMeterProvider(meterProvider);
});
afterAll(async () => {
  await tracerProvider.shutdown();
  await meterProvider.shutdown();
  api.trace.disable();
  api.metrics.disable();
});

/** Text that occurs nowhere by chance. */
const seeded = (mark: string) => fc.stringMatching(/^[a-z]{10}$/).map((text) => `${mark}${text}`);

const faults = fc.constantFrom<
  Fault | 'echo400' | 'echo200' | 'echoHtml' | 'echo401' | 'echo500' | 'hostile'
>(
  'echo400',
  'echo200',
  'echoHtml',
  'echo401',
  'echo500',
  'hostile',
  { kind: 'pass' },
  { kind: 'refused' },
  { kind: 'reset', accepted: true },
  { kind: 'hang', accepted: true },
  { kind: 'slow_body', msPerByte: 900 },
  { kind: 'truncated' },
);

/** Everything a log could be made of. */
function everythingShown(thing: unknown): string {
  const cause = thing instanceof Error ? [thing.cause, thing.stack, thing.message] : [];
  return [
    inspect(thing, { depth: 20, showHidden: true }),
    JSON.stringify(thing),
    String(thing),
    ...cause.map((part) => inspect(part, { showHidden: true })),
  ].join('\n');
}

test(`no seeded secret or personal value shows in errors, events, spans or metrics, over ${numRuns} faulty calls (PROVE_SEED=${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        name: seeded('Name'),
        course: seeded('Course'),
        id: seeded('Id'),
        secret: seeded('Zq7'),
        token: seeded('Token'),
        plan: fc.array(faults, { minLength: 1, maxLength: 6 }),
        tokenFault: fc.constantFrom('none', 'refused', 'broken'),
        operation: fc.constantFrom('add', 'invalid', 'status', 'statuses', 'verify', 'result', 'upload'),
      }),
      async ({ name, course, id, secret, token, plan, tokenFault, operation }) => {
        spans.reset();
        metrics.reset();
        const clock = new ManualClock();
        const events: SeekPassEvent[] = [];
        const left = [...plan];
        const echo = (request: SeenRequest) =>
          `${name} ${course} ${id} ${request.body} ${request.headers['authorization']}`;
        const server = (request: SeenRequest) => {
          if (request.path.includes('/oauth/')) {
            if (tokenFault === 'refused')
              return { status: 401, body: { error: 'invalid_client', echo: request.body } };
            if (tokenFault === 'broken')
              return { status: 200, body: `{"access_token":"${token}","echo":"${request.body}` };
            return { status: 200, body: { access_token: token, expires_in: 900 } };
          }
          const fault = left.shift();
          if (fault === 'echo400') return { status: 400, body: { error: echo(request) } };
          if (fault === 'echo401') return { status: 401, body: { error: echo(request) } };
          if (fault === 'echo500') return { status: 500, body: { error: echo(request) } };
          if (fault === 'echo200') return { status: 200, body: `${echo(request)} {` };
          if (fault === 'echoHtml') return { status: 200, body: `<p>${echo(request)}</p>` };
          if (fault === 'hostile')
            return { status: 201, body: { redirect_uri: `https://evil.example/${name}/${token}` } };
          return {
            status: 200,
            body: { id: name, status: 'incomplete', redirect_uri: `https://evil.example/${id}` },
          };
        };
        const dispatcher = new FaultDispatcher({
          clock,
          server,
          faults: plan.map((fault) => (typeof fault === 'string' ? { kind: 'pass' as const } : fault)),
        });
        const seekPass = new SeekPass({
          environment: 'staging',
          clientId: 'client-1',
          clientSecret: secret,
          scopes: ['write.microcredential', 'read.digital_identity', 'write.digital_identity'],
          clock,
          dispatcher,
          onEvent: (event) => events.push(event),
          telemetry: api,
        });
        const input = {
          id,
          credential_type: 'microcredential' as const,
          document_type: 'none' as const,
          data: {
            credential: {
              full_name: name,
              issuer_name: 'Example',
              microcredential_name: course,
              issue_date: operation === 'invalid' ? name : '2025-01-01',
            },
          },
        };
        const call = {
          add: () => seekPass.add(input),
          invalid: () => seekPass.add(input),
          status: () => seekPass.status(id),
          statuses: () => seekPass.statuses([id, name]),
          verify: () => seekPass.verify.request({ request_id: id, display_options: { partner_name: name } }),
          result: () => seekPass.verify.result(id),
          upload: () =>
            seekPass.uploadAsset({
              url: `https://storage.example/${id}?sig=${token}`,
              body: Buffer.from(name),
              contentType: 'text/plain',
            }),
        }[operation];
        const error = await clock.runUntilSettled(
          call().then(
            () => undefined,
            (thrown: unknown) => thrown,
          ),
        );
        await meterProvider.forceFlush();
        const shown = [
          everythingShown(error),
          everythingShown(events),
          everythingShown(seekPass),
          everythingShown(seekPass.verify),
          inspect(
            spans.getFinishedSpans().map(({ name: title, attributes, status, events: notes }) => ({
              title,
              attributes,
              status,
              notes,
            })),
            { depth: 20 },
          ),
          JSON.stringify(metrics.getMetrics().map((resource) => resource.scopeMetrics)),
        ].join('\n');
        for (const value of [name, course, id, secret, token]) expect(shown).not.toContain(value);
        if (operation !== 'invalid') expect(spans.getFinishedSpans().length).toBeGreaterThan(0);
      },
    ),
    { numRuns, seed },
  );
}, 600_000);

test('spans say what happened, attempt by attempt, without ids', async () => {
  spans.reset();
  const clock = new ManualClock();
  const dispatcher = new FaultDispatcher({
    clock,
    faults: [{ kind: 'answer', status: 503 }],
    server: (request) =>
      request.path.includes('/oauth/')
        ? { status: 200, body: { access_token: 'abc' } }
        : { status: 200, body: { id: 'award-9', status: 'verified' } },
  });
  const seekPass = new SeekPass({
    environment: 'staging',
    clientId: 'client-1',
    clientSecret: '7b1c9e0a44f25d3386aa',
    statusScope: 'write.education',
    clock,
    dispatcher,
    telemetry: api,
  });
  await clock.runUntilSettled(seekPass.status('award-9'));
  const finished = spans.getFinishedSpans();
  const template = '/api/partner/v1/submissions/{id}/status.json';
  const attempts = finished.filter((span) => span.name === `GET ${template}`);
  expect(attempts.map((span) => span.attributes)).toEqual([
    {
      'http.request.method': 'GET',
      'url.template': template,
      'http.request.resend_count': 0,
      'seek_pass.attempt': 1,
      'http.response.status_code': 503,
      'error.type': '503',
    },
    {
      'http.request.method': 'GET',
      'url.template': template,
      'http.request.resend_count': 1,
      'seek_pass.attempt': 2,
      'http.response.status_code': 200,
    },
  ]);
  const call = finished.find((span) => span.name === 'seek_pass.status');
  expect(call?.attributes).toEqual({
    'seek_pass.operation': 'status',
    'seek_pass.outcome': 'ok',
    'seek_pass.attempts': 2,
  });
  expect(new Set(attempts.map((span) => span.parentSpanContext?.spanId))).toEqual(
    new Set([call?.spanContext().spanId]),
  );
});

test('events tell attempts, waits and the outcome; an observer that throws breaks nothing', async () => {
  const clock = new ManualClock();
  const events: SeekPassEvent[] = [];
  const dispatcher = new FaultDispatcher({
    clock,
    faults: [
      { kind: 'answer', status: 429, headers: { 'retry-after': '2' } },
      { kind: 'answer', status: 400 },
    ],
    server: () => ({ status: 200, body: { access_token: 'abc' } }),
  });
  const seekPass = new SeekPass({
    environment: 'staging',
    clientId: 'client-1',
    clientSecret: '7b1c9e0a44f25d3386aa',
    statusScope: 'write.education',
    clock,
    random: () => 0,
    dispatcher,
    onEvent(event) {
      events.push(event);
      throw new Error('observer is broken');
    },
  });
  await expect(clock.runUntilSettled(seekPass.status('1'))).rejects.toMatchObject({ code: 'rejected' });
  const common = {
    operation: 'status',
    call: 1,
    method: 'GET',
    urlTemplate: '/api/partner/v1/submissions/{id}/status.json',
  };
  expect(events.filter((event) => 'operation' in event && event.operation === 'status')).toEqual([
    { type: 'attempt', ...common, attempt: 1, durationMs: 0, status: 429, fault: '429', nextInMs: 2000 },
    { type: 'attempt', ...common, attempt: 2, durationMs: 0, status: 400, fault: '400' },
    { type: 'call', operation: 'status', call: 1, attempts: 2, durationMs: 2000, outcome: 'rejected' },
  ]);
});

test('a Secret shows itself only to reveal()', () => {
  const secret = new Secret('Zq7abcdefghij');
  const shown = [
    String(secret),
    ''.concat(secret as unknown as string),
    JSON.stringify({ secret }),
    inspect({ secret }, { showHidden: true, depth: 9 }),
    [secret].join(),
  ];
  expect(shown.join()).not.toContain('Zq7');
  expect(secret.reveal()).toBe('Zq7abcdefghij');
});
