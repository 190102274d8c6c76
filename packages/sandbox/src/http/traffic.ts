import type { IncomingMessage, ServerResponse } from 'node:http';
import { SandboxError } from '../sandbox-error.ts';
import type { FaultEffect, Faults } from '../world/faults.ts';
import type { RawCall } from '../world/request-log.ts';
import type { SandboxClock } from '../world/sandbox-clock.ts';
import { writeAnswer, writeBentAnswer } from './answer.ts';
import { Incoming, pathOf, readBody } from './incoming.ts';
import type { LoopbackGuard } from './loopback-guard.ts';
import { json } from './message.ts';
import type { Route, SandboxResponse } from './message.ts';
import type { Router } from './router.ts';

/** Bytes of a request body a route takes unless it says otherwise. */
const defaultBodyLimit = 2 * 1024 * 1024;

/** What carries requests of one listener. */
export interface TrafficOptions {
  /** Control and inbox: a foreign origin may not even read. */
  readonly guarded: boolean;
  readonly router: Router;
  readonly clock: SandboxClock;
  /** Partner API: faults that may strike, and where calls are written down. */
  readonly partner?: {
    readonly faults: Faults;
    readonly record: (call: RawCall) => void;
    /** Stops the token of an `Authorization` header from working. */
    readonly revoke: (authorization: string) => void;
  };
}

/** Carries requests to their routes and answers back, bent by faults where some are set. */
export class Traffic {
  readonly #options: TrafficOptions;
  readonly #guard: LoopbackGuard;
  #dateSecond = -1;
  #date = '';

  constructor(options: TrafficOptions, guard: LoopbackGuard) {
    this.#options = options;
    this.#guard = guard;
  }

  take(request: IncomingMessage, out: ServerResponse): void {
    const startedAt = performance.now();
    const method = request.method ?? 'GET';
    const path = pathOf(request.url ?? '/');
    out.sendDate = false;
    const refusal = this.#guard.refusal(method, request.headers);
    const found = this.#options.router.find(method, path);
    readBody(request, found.route?.bodyLimit ?? defaultBodyLimit, (body) => {
      const call = new Call(request, out, body ?? Buffer.alloc(0), startedAt);
      if (refusal !== undefined) {
        this.#answer(call, json(403, { error: 'forbidden', message: refusal }));
        return;
      }
      if (body === undefined) {
        this.#answer(
          call,
          json(413, { error: 'too_large', message: 'The request body is too large for this path.' }),
        );
        return;
      }
      const effect = this.#options.partner?.faults.strike(method, path);
      const handle =
        found.route === undefined
          ? () => notFound(found.allow)
          : handler(found.route, new Incoming(request, path, body, found.params));
      if (effect === undefined) this.#settle(call, handle);
      else this.#strike(call, effect, handle);
    });
  }

  #settle(call: Call, handle: () => SandboxResponse | Promise<SandboxResponse>): void {
    let answer: SandboxResponse | Promise<SandboxResponse>;
    try {
      answer = handle();
    } catch (error) {
      answer = failure(error);
    }
    if (!(answer instanceof Promise)) {
      this.#answer(call, answer);
      return;
    }
    answer.then(
      (value) => this.#answer(call, value),
      (error: unknown) => this.#answer(call, failure(error)),
    );
  }

  #strike(call: Call, effect: FaultEffect, handle: () => SandboxResponse | Promise<SandboxResponse>): void {
    call.fault = effect;
    switch (effect.kind) {
      case 'status': {
        const headers: Record<string, string> = { 'Content-Type': effect.contentType ?? 'application/json' };
        if (effect.retryAfter !== undefined) headers['Retry-After'] = effect.retryAfter;
        const body =
          effect.body ?? JSON.stringify({ error: 'fault', message: 'A fault set in the sandbox.' });
        this.#answer(call, { status: effect.status, headers, body });
        return;
      }
      case 'latency':
        setTimeout(() => this.#settle(call, handle), effect.ms).unref();
        return;
      case 'token_revoked':
        this.#options.partner?.revoke(call.request.headers.authorization ?? '');
        this.#settle(call, handle);
        return;
      case 'reset':
      case 'hang':
        if (effect.when === 'after') this.#settle(call, handle);
        else this.#answer(call, undefined);
        return;
      case 'truncated_body':
      case 'slow_body':
        this.#settle(call, handle);
    }
  }

  #answer(call: Call, answer: SandboxResponse | undefined): void {
    const { fault, out } = call;
    const date = this.#dateHeader();
    const silent = fault?.kind === 'reset' || fault?.kind === 'hang';
    if (fault?.kind === 'reset') call.request.socket.resetAndDestroy();
    else if (answer === undefined || silent) {
      // The connection stays open until the caller or close() ends it.
    } else if (fault?.kind === 'truncated_body' || fault?.kind === 'slow_body')
      writeBentAnswer(out, answer, date, fault);
    else writeAnswer(out, answer, date);
    this.#options.partner?.record({
      at: this.#options.clock.now(),
      method: call.request.method ?? 'GET',
      url: call.request.url ?? '/',
      rawHeaders: call.request.rawHeaders,
      requestBody: call.body,
      status: silent ? undefined : answer?.status,
      responseBody: answer?.body ?? '',
      tookMs: performance.now() - call.startedAt,
      fault: fault?.kind,
    });
  }

  /** SEEK Pass's clock: partners correct their own by this header. */
  #dateHeader(): string {
    const now = this.#options.clock.now();
    const second = Math.floor(now / 1000);
    if (second !== this.#dateSecond) {
      this.#dateSecond = second;
      this.#date = new Date(now).toUTCString();
    }
    return this.#date;
  }
}

class Call {
  readonly request: IncomingMessage;
  readonly out: ServerResponse;
  readonly body: Buffer;
  readonly startedAt: number;
  fault: FaultEffect | undefined = undefined;

  constructor(request: IncomingMessage, out: ServerResponse, body: Buffer, startedAt: number) {
    this.request = request;
    this.out = out;
    this.body = body;
    this.startedAt = startedAt;
  }
}

function handler(route: Route, request: Incoming): () => SandboxResponse | Promise<SandboxResponse> {
  return () => route.handle(request);
}

function notFound(allow: readonly string[]): SandboxResponse {
  if (allow.length > 0) {
    const methods = allow.join(', ');
    return json(
      405,
      { error: 'method_not_allowed', message: `This path takes ${methods}.` },
      { Allow: methods },
    );
  }
  return json(404, {
    error: 'not_found',
    message: 'The sandbox has no such path: compare it with the documentation.',
  });
}

const statusOfError: Readonly<Record<string, number>> = {
  invalid_request: 400,
  not_found: 404,
  wrong_state: 409,
};

function failure(error: unknown): SandboxResponse {
  if (error instanceof SandboxError) {
    return json(statusOfError[error.code] ?? 500, { error: error.code, message: error.message });
  }
  const stack = error instanceof Error ? error.stack : String(error);
  return json(500, {
    error: 'sandbox_bug',
    message: 'The sandbox itself failed: please report this.',
    stack,
  });
}
