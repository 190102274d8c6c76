import { SeekPassError } from './errors.ts';
import type { SeekPassEvent } from './events.ts';
import type { ApiRequest } from './http/api-request.ts';
import type { Settings } from './resolve-options.ts';

type AttributeValue = string | number;

/** The part of a span that this kit uses. */
export interface TelemetrySpan {
  setAttribute(name: string, value: AttributeValue): unknown;
  setStatus(status: { code: number }): unknown;
  end(): void;
}

/**
 * The part of `@opentelemetry/api` that this kit uses, so that it compiles without it. Pass the module itself:
 * `import * as api from '@opentelemetry/api'; new SeekPass({ …, telemetry: api })`.
 */
export interface TelemetryApi {
  readonly trace: {
    getTracer(name: string): {
      startSpan(
        name: string,
        options?: { kind?: number; attributes?: Record<string, AttributeValue> },
        context?: TelemetryContext,
      ): TelemetrySpan;
    };
    setSpan(context: TelemetryContext, span: TelemetrySpan): TelemetryContext;
  };
  readonly metrics: {
    getMeter(name: string): {
      createHistogram(
        name: string,
        options?: { description?: string; unit?: string },
      ): { record(value: number, attributes?: Record<string, AttributeValue>): void };
    };
  };
  readonly context: { active(): TelemetryContext };
}

/** OpenTelemetry's context; only handed on. */
export interface TelemetryContext {
  getValue(key: symbol): unknown;
}

/** How one attempt ended. */
export interface AttemptEnd {
  readonly status?: number;
  readonly fault?: string;
  readonly nextInMs?: number;
}

/** Notes of one call while it goes on. */
export interface CallObservation {
  attemptStarted(attempt: number): void;
  attemptEnded(end: AttemptEnd): void;
  callEnded(attempts: number, error: unknown): void;
}

const scopeName = '@seek-pass-kit/core';
const internalSpan = 0;
const clientSpan = 2;
const errorStatus = 2;

type Instruments = ReturnType<typeof createInstruments>;

function createInstruments(api: TelemetryApi) {
  const meter = api.metrics.getMeter(scopeName);
  return {
    api,
    tracer: api.trace.getTracer(scopeName),
    requestDuration: meter.createHistogram('http.client.request.duration', {
      description: 'Duration of one request to SEEK Pass',
      unit: 's',
    }),
    callDuration: meter.createHistogram('seek_pass.call.duration', {
      description: 'Duration of one call with all its attempts and waits',
      unit: 's',
    }),
  };
}

/** Tells `onEvent` and OpenTelemetry what calls do. Sees paths as templates only: an id can lead to a person. */
export class Telemetry {
  readonly #settings: Settings;
  readonly #instruments: Instruments | undefined;
  #calls = 0;

  private constructor(settings: Settings) {
    this.#settings = settings;
    this.#instruments = settings.telemetry === undefined ? undefined : createInstruments(settings.telemetry);
  }

  /** `undefined` when nobody listens, which then costs nothing. */
  static of(settings: Settings): Telemetry | undefined {
    return settings.onEvent === undefined && settings.telemetry === undefined
      ? undefined
      : new Telemetry(settings);
  }

  callStarted(request: ApiRequest<unknown>, startedAt: number): CallObservation {
    return new ObservedCall(this.#settings, this.#instruments, request, ++this.#calls, startedAt);
  }
}

class ObservedCall implements CallObservation {
  readonly #settings: Settings;
  readonly #instruments: Instruments | undefined;
  readonly #request: ApiRequest<unknown>;
  readonly #call: number;
  readonly #startedAt: number;
  readonly #span: TelemetrySpan | undefined;
  #attempt = 0;
  #attemptStartedAt = 0;
  #attemptSpan: TelemetrySpan | undefined;

  constructor(
    settings: Settings,
    instruments: Instruments | undefined,
    request: ApiRequest<unknown>,
    call: number,
    startedAt: number,
  ) {
    this.#settings = settings;
    this.#instruments = instruments;
    this.#request = request;
    this.#call = call;
    this.#startedAt = startedAt;
    this.#span = instruments?.tracer.startSpan(`seek_pass.${request.operation}`, { kind: internalSpan });
  }

  attemptStarted(attempt: number): void {
    this.#attempt = attempt;
    this.#attemptStartedAt = this.#settings.clock.now();
    if (this.#instruments === undefined || this.#span === undefined) return;
    const { api, tracer } = this.#instruments;
    const { method, urlTemplate } = this.#request;
    this.#attemptSpan = tracer.startSpan(
      `${method} ${urlTemplate}`,
      {
        kind: clientSpan,
        attributes: {
          'http.request.method': method,
          'url.template': urlTemplate,
          'http.request.resend_count': attempt - 1,
          'seek_pass.attempt': attempt,
        },
      },
      api.trace.setSpan(api.context.active(), this.#span),
    );
  }

  attemptEnded({ status, fault, nextInMs }: AttemptEnd): void {
    const { operation, method, urlTemplate } = this.#request;
    const durationMs = this.#settings.clock.now() - this.#attemptStartedAt;
    this.#tell({
      type: 'attempt',
      operation,
      call: this.#call,
      attempt: this.#attempt,
      method,
      urlTemplate,
      durationMs,
      ...(status === undefined ? {} : { status }),
      ...(fault === undefined ? {} : { fault }),
      ...(nextInMs === undefined ? {} : { nextInMs }),
    });
    if (this.#instruments === undefined) return;
    const outcome: Record<string, AttributeValue> = {};
    if (status !== undefined) outcome['http.response.status_code'] = status;
    if (fault !== undefined) outcome['error.type'] = fault;
    this.#instruments.requestDuration.record(durationMs / 1000, {
      'http.request.method': method,
      'url.template': urlTemplate,
      ...outcome,
    });
    endSpan(this.#attemptSpan, outcome, fault !== undefined);
  }

  callEnded(attempts: number, error: unknown): void {
    const outcome = error === undefined ? 'ok' : SeekPassError.is(error) ? error.code : 'unknown';
    const durationMs = this.#settings.clock.now() - this.#startedAt;
    const { operation } = this.#request;
    this.#tell({ type: 'call', operation, call: this.#call, attempts, durationMs, outcome });
    if (this.#instruments === undefined) return;
    const attributes: Record<string, AttributeValue> = {
      'seek_pass.operation': operation,
      'seek_pass.outcome': outcome,
    };
    if (outcome !== 'ok') attributes['error.type'] = outcome;
    this.#instruments.callDuration.record(durationMs / 1000, attributes);
    endSpan(this.#span, { ...attributes, 'seek_pass.attempts': attempts }, outcome !== 'ok');
  }

  #tell(event: SeekPassEvent): void {
    try {
      this.#settings.onEvent?.(event);
    } catch {
      // An observer must not break a call.
    }
  }
}

function endSpan(
  span: TelemetrySpan | undefined,
  attributes: Record<string, AttributeValue>,
  failed: boolean,
): void {
  if (span === undefined) return;
  for (const [name, value] of Object.entries(attributes)) span.setAttribute(name, value);
  if (failed) span.setStatus({ code: errorStatus });
  span.end();
}
