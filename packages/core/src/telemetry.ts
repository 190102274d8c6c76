import { SeekPassError } from './errors.ts';
import type { ApiRequest } from './http/api-request.ts';
import type { Settings } from './resolve-options.ts';

type Attributes = Record<string, string | number>;

/** The part of a span that this kit uses. */
export interface TelemetrySpan {
  setAttribute(name: string, value: string | number): unknown;
  setStatus(status: { code: number }): unknown;
  end(): void;
}

interface Tracer {
  startSpan(
    name: string,
    options?: { kind?: number; attributes?: Attributes },
    context?: TelemetryContext,
  ): TelemetrySpan;
}

interface Histogram {
  record(value: number, attributes?: Attributes): void;
}

/**
 * The part of `@opentelemetry/api` that this kit uses, so that it compiles without it. Pass the module itself:
 * `import * as api from '@opentelemetry/api'; new SeekPass({ …, telemetry: api })`.
 */
export interface TelemetryApi {
  readonly trace: {
    getTracer(name: string): Tracer;
    setSpan(context: TelemetryContext, span: TelemetrySpan): TelemetryContext;
  };
  readonly metrics: {
    getMeter(name: string): {
      createHistogram(name: string, options?: { description?: string; unit?: string }): Histogram;
    };
  };
  readonly context: { active(): TelemetryContext };
}

/** OpenTelemetry's context; only handed on. */
export interface TelemetryContext {
  getValue(key: symbol): unknown;
}

const scopeName = '@seek-pass-kit/core';
/** Numbers of OpenTelemetry: the kind of a span that is a request to elsewhere, the status of one that failed. */
const clientSpan = 2;
const errorStatus = 2;

/** Tells `onEvent` and OpenTelemetry what calls do. Sees paths as templates only: an id can lead to a person. */
export interface Telemetry {
  callStarted(request: ApiRequest<unknown>): CallObservation;
}

/** Notes of one call while it goes on. */
export interface CallObservation {
  attemptStarted(attempt: number): void;
  /** `nextInMs` is set when another attempt follows. */
  attemptEnded(status: number | undefined, fault?: string, nextInMs?: number): void;
  callEnded(attempts: number, error: unknown): void;
}

/** Makes {@link Telemetry}. */
export function createTelemetry({ telemetry: api, clock, onEvent }: Settings): Telemetry {
  const tracer = api?.trace.getTracer(scopeName);
  const duration = api?.metrics.getMeter(scopeName).createHistogram('http.client.request.duration', {
    description: 'Duration of one request to SEEK Pass',
    unit: 's',
  });
  let calls = 0;

  return {
    callStarted({ operation, method, urlTemplate }) {
      const call = ++calls;
      const startedAt = clock.now();
      const span = tracer?.startSpan(`seek_pass.${operation}`);
      let attempt = 0;
      let attemptStartedAt = 0;
      let attemptSpan: TelemetrySpan | undefined;
      return {
        attemptStarted(number) {
          attempt = number;
          attemptStartedAt = clock.now();
          attemptSpan = tracer?.startSpan(
            `${method} ${urlTemplate}`,
            {
              kind: clientSpan,
              attributes: { 'http.request.resend_count': attempt - 1, 'seek_pass.attempt': attempt },
            },
            span && api?.trace.setSpan(api.context.active(), span),
          );
        },

        attemptEnded(status, fault, nextInMs) {
          const durationMs = clock.now() - attemptStartedAt;
          const common = { operation, call, attempt, method, urlTemplate };
          onEvent?.({ type: 'attempt', ...common, durationMs, status, fault, nextInMs });
          const attributes: Attributes = { 'http.request.method': method, 'url.template': urlTemplate };
          if (status !== undefined) attributes['http.response.status_code'] = status;
          duration?.record(durationMs / 1000, endSpan(attemptSpan, attributes, fault));
        },

        callEnded(attempts, error) {
          const code = error === undefined ? undefined : SeekPassError.is(error) ? error.code : 'unknown';
          const outcome = code ?? 'ok';
          const durationMs = clock.now() - startedAt;
          onEvent?.({ type: 'call', operation, call, attempts, durationMs, outcome });
          endSpan(
            span,
            {
              'seek_pass.operation': operation,
              'seek_pass.attempts': attempts,
              'seek_pass.outcome': outcome,
            },
            code,
          );
        },
      };
    },
  };
}

function endSpan(
  span: TelemetrySpan | undefined,
  attributes: Attributes,
  error: string | undefined,
): Attributes {
  if (error !== undefined) attributes['error.type'] = error;
  if (span === undefined) return attributes;
  for (const [name, value] of Object.entries(attributes)) span.setAttribute(name, value);
  if (error !== undefined) span.setStatus({ code: errorStatus });
  span.end();
  return attributes;
}
