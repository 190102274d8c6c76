import { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { systemClock } from '../clock.ts';

/** A request as the {@link FaultDispatcher} saw it. */
export interface SeenRequest {
  readonly method: string;
  /** Scheme, host and port, when the caller gave one. */
  readonly origin: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** When it came, by the clock of the dispatcher. */
  readonly at: number;
}

/** An answer. A `body` that is not text is sent as JSON. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * What happens to one request:
 * - `pass`: the server answers.
 * - `answer`: this answer instead; the server never sees the request.
 * - `refused`: no connection; the request is never sent.
 * - `reset`: the connection breaks before, or after, the server acted on the request.
 * - `hang`: nothing ever comes back; the server acted on the request or not.
 * - `slow_body`: the server acts and answers, but each byte of its body takes `msPerByte`.
 * - `truncated`: the server acts, and its body ends in the middle although the answer is complete as HTTP.
 * - `html`: the server acts, but a page of HTML comes back with status 200.
 */
export type Fault =
  | { readonly kind: 'pass' }
  | ({ readonly kind: 'answer' } & Reply)
  | { readonly kind: 'refused' }
  | { readonly kind: 'reset' | 'hang'; readonly accepted: boolean }
  | { readonly kind: 'slow_body'; readonly msPerByte: number }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'html'; readonly headers?: Readonly<Record<string, string>> };

/** Settings of {@link FaultDispatcher}. */
export interface FaultDispatcherOptions {
  /** The server: what it answers to a request. */
  readonly server: (request: SeenRequest) => Reply;
  /** One fault per request that `applies`, in order; when they are used up, all pass. */
  readonly faults?: Iterable<Fault>;
  /** Which requests take the next fault. Default: all but token requests. */
  readonly applies?: (request: SeenRequest) => boolean;
  /** Times slow bodies and stamps `Date` on answers. Default: the machine's clock. */
  readonly clock?: Clock;
}

/**
 * A dispatcher of undici without a network: plays faults, then lets a server of yours answer. Pass it as the setting `dispatcher`.
 * For the client of this kit; undici's own `request` and `fetch` speak an older protocol to their dispatcher.
 */
export class FaultDispatcher extends Dispatcher {
  /** All requests so far, also those that a fault kept from the server. */
  readonly requests: SeenRequest[] = [];
  readonly #options: FaultDispatcherOptions;
  readonly #clock: Clock;
  readonly #faults: Iterator<Fault>;

  constructor(options: FaultDispatcherOptions) {
    super();
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#faults = (options.faults ?? [])[Symbol.iterator]();
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const request: SeenRequest = {
      method: options.method,
      origin: String(options.origin ?? ''),
      path: options.path,
      headers: readHeaders(options.headers),
      body: bodyText(options.body),
      at: this.#clock.now(),
    };
    queueMicrotask(() => this.#play(request, handler));
    return true;
  }

  override close(callback?: () => void): Promise<void> {
    callback?.();
    return Promise.resolve();
  }

  override destroy(): Promise<void> {
    return Promise.resolve();
  }

  #play(request: SeenRequest, handler: Dispatcher.DispatchHandler): void {
    const fault = this.#nextFault(request);
    this.requests.push(request);
    const controller = new Controller(handler);
    if (fault.kind === 'refused') {
      controller.fail(networkError('ECONNREFUSED'));
      return;
    }
    handler.onRequestStart?.(controller, {});
    if (controller.aborted) return;
    if (fault.kind === 'answer') {
      this.#answer(controller, fault, 0);
      return;
    }
    if (fault.kind === 'reset' || fault.kind === 'hang') {
      if (fault.accepted) this.#options.server(request);
      if (fault.kind === 'reset') controller.fail(networkError('ECONNRESET'));
      return;
    }
    const reply = this.#options.server(request);
    if (fault.kind === 'html') {
      const headers = { 'content-type': 'text/html', ...fault.headers };
      this.#answer(controller, { status: 200, headers, body: '<!doctype html><title>Gateway</title>' }, 0);
    } else if (fault.kind === 'truncated') {
      const text = replyText(reply);
      this.#answer(controller, { ...reply, body: text.slice(0, Math.floor(text.length / 2)) }, 0);
    } else {
      this.#answer(controller, reply, fault.kind === 'slow_body' ? fault.msPerByte : 0);
    }
  }

  #nextFault(request: SeenRequest): Fault {
    const applies = this.#options.applies ?? ((seen: SeenRequest) => !seen.path.includes('/oauth/'));
    if (!applies(request)) return { kind: 'pass' };
    const next = this.#faults.next();
    return next.done === true ? { kind: 'pass' } : next.value;
  }

  #answer(controller: Controller, reply: Reply, msPerByte: number): void {
    const body = Buffer.from(replyText(reply));
    controller.start(reply.status, {
      date: new Date(this.#clock.now()).toUTCString(),
      ...reply.headers,
    });
    if (msPerByte === 0) {
      if (body.length > 0) controller.data(body);
      controller.end();
      return;
    }
    const sendByte = (index: number): void => {
      if (controller.aborted) return;
      if (index === body.length) {
        controller.end();
        return;
      }
      controller.data(body.subarray(index, index + 1));
      this.#clock.setTimer(msPerByte, () => sendByte(index + 1));
    };
    sendByte(0);
  }
}

/** What undici hands to its handlers, and the calls it makes to them. */
class Controller implements Dispatcher.DispatchController {
  readonly #handler: Dispatcher.DispatchHandler;
  aborted = false;
  paused = false;
  reason: Error | null = null;

  constructor(handler: Dispatcher.DispatchHandler) {
    this.#handler = handler;
  }

  abort(reason: Error): void {
    if (this.aborted) return;
    this.fail(reason);
  }

  fail(reason: Error): void {
    this.aborted = true;
    this.reason = reason;
    this.#handler.onResponseError?.(this, reason);
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  start(status: number, headers: Record<string, string>): void {
    this.#handler.onResponseStart?.(this, status, headers);
  }

  data(chunk: Buffer): void {
    if (!this.aborted) this.#handler.onResponseData?.(this, chunk);
  }

  end(): void {
    if (!this.aborted) this.#handler.onResponseEnd?.(this, {});
  }
}

function replyText(reply: Reply): string {
  if (reply.body === undefined) return '';
  return typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
}

function readHeaders(headers: Dispatcher.DispatchOptions['headers']): Record<string, string> {
  const names: Record<string, string> = {};
  if (Array.isArray(headers)) {
    for (let i = 0; i + 1 < headers.length; i += 2)
      names[String(headers[i]).toLowerCase()] = String(headers[i + 1]);
  }
  return names;
}

function bodyText(body: Dispatcher.DispatchOptions['body']): string {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : '';
}

function networkError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
