import { SeekPassError } from './errors.ts';
import type { SeekPassEvent } from './events.ts';
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

/** Notes of one call while it goes on. */
export interface CallObservation {
  attemptStarted(attempt: number): void;
  /** `nextInMs` is set when another attempt follows. */
  attemptEnded(status: number | undefined, fault?: string, nextInMs?: number): void;
  callEnded(attempts: number, error: unknown): void;
}

const scopeName = '@seek-pass-kit/core';
/** Numbers of OpenTelemetry: the kind of a span that is a request to elsewhere, the status of one that failed. */
const clientSpan = 2;
const errorStatus = 2;

/** Tells `onEvent` and OpenTelemetry what calls do. Sees paths as templates only: an id can lead to a person. */
export class Telemetry {
  readonly settings: Settings;
  readonly api: TelemetryApi | undefined;
  readonly tracer: Tracer | undefined;
  readonly duration: Histogram | undefined;
  #calls = 0;

  constructor(settings: Settings) {
    const { telemetry: api } = settings;
    this.settings = settings;
    this.api = api;
    this.tracer = api?.trace.getTracer(scopeName);
    this.duration = api?.metrics.getMeter(scopeName).createHistogram('http.client.request.duration', {
      description: 'Duration of one request to SEEK Pass',
      unit: 's',
    });
  }

  callStarted(request: ApiRequest<unknown>, startedAt: number): CallObservation {
    return new ObservedCall(this, request, ++this.#calls, startedAt);
  }

  tell(event: SeekPassEvent): void {
    try {
      this.settings.onEvent?.(event);
    } catch {
      // An observer must not break a call.
    }
  }
}

class ObservedCall implements CallObservation {
  readonly #telemetry: Telemetry;
  readonly #request: ApiRequest<unknown>;
  readonly #call: number;
  readonly #startedAt: number;
  readonly #span: TelemetrySpan | undefined;
  #attempt = 0;
  #attemptStartedAt = 0;
  #attemptSpan: TelemetrySpan | undefined;

  constructor(telemetry: Telemetry, request: ApiRequest<unknown>, call: number, startedAt: number) {
    this.#telemetry = telemetry;
    this.#request = request;
    this.#call = call;
    this.#startedAt = startedAt;
    this.#span = telemetry.tracer?.startSpan(`seek_pass.${request.operation}`);
  }

  attemptStarted(attempt: number): void {
    const { api, tracer, settings } = this.#telemetry;
    this.#attempt = attempt;
    this.#attemptStartedAt = settings.clock.now();
    if (api === undefined || this.#span === undefined) return;
    const { method, urlTemplate } = this.#request;
    this.#attemptSpan = tracer?.startSpan(
      `${method} ${urlTemplate}`,
      {
        kind: clientSpan,
        attributes: { 'http.request.resend_count': attempt - 1, 'seek_pass.attempt': attempt },
      },
      api.trace.setSpan(api.context.active(), this.#span),
    );
  }

  attemptEnded(status: number | undefined, fault?: string, nextInMs?: number): void {
    const { settings, duration } = this.#telemetry;
    const { operation, method, urlTemplate } = this.#request;
    const durationMs = settings.clock.now() - this.#attemptStartedAt;
    const common = { operation, call: this.#call, attempt: this.#attempt, method, urlTemplate };
    this.#telemetry.tell({ type: 'attempt', ...common, durationMs, status, fault, nextInMs });
    if (duration === undefined) return;
    const attributes: Attributes = { 'http.request.method': method, 'url.template': urlTemplate };
    if (status !== undefined) attributes['http.response.status_code'] = status;
    duration.record(durationMs / 1000, endSpan(this.#attemptSpan, attributes, fault));
  }

  callEnded(attempts: number, error: unknown): void {
    const { settings } = this.#telemetry;
    const code = error === undefined ? undefined : SeekPassError.is(error) ? error.code : 'unknown';
    const { operation } = this.#request;
    const outcome = code ?? 'ok';
    const durationMs = settings.clock.now() - this.#startedAt;
    this.#telemetry.tell({ type: 'call', operation, call: this.#call, attempts, durationMs, outcome });
    endSpan(
      this.#span,
      { 'seek_pass.operation': operation, 'seek_pass.attempts': attempts, 'seek_pass.outcome': outcome },
      code,
    );
  }
}

function endSpan(
  span: TelemetrySpan | undefined,
  attributes: Attributes,
  error: string | undefined,
): Attributes {
  if (error !== undefined) attributes['error.type'] = error;
  for (const [name, value] of Object.entries(attributes)) span?.setAttribute(name, value);
  if (error !== undefined) span?.setStatus({ code: errorStatus });
  span?.end();
  return attributes;
}
