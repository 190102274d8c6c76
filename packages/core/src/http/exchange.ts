import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { bareNetworkError } from '../redaction.ts';

/** What came of one request: an answer with its whole body, or the fault that prevented it. */
export type Outcome = Answer | Fault;

export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: string;
}

/** Header names in lower case. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface Fault {
  readonly kind: 'connection' | 'timeout' | 'aborted' | 'too_large';
  /** False when it is certain that no byte of the request left this machine. */
  readonly sent: boolean;
  readonly cause: Error | undefined;
}

/** One HTTP request. */
export interface Wire {
  readonly origin: string;
  readonly path: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Name, value, name, value, … */
  readonly headers: string[];
  readonly body: string | Uint8Array | undefined;
}

/** How long one request may take and how much may come back. */
export interface ExchangeLimits {
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
  readonly maxBytes: number;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

/** Sends one request and reads its whole answer. Never rejects. The timeout covers connecting, sending and the last byte of the body. */
export function exchange(dispatcher: Dispatcher, wire: Wire, limits: ExchangeLimits): Promise<Outcome> {
  return new Promise((resolve) => {
    const handler = new ExchangeHandler(resolve, limits);
    try {
      dispatcher.dispatch(
        {
          origin: wire.origin,
          path: wire.path,
          method: wire.method,
          headers: wire.headers,
          body: wire.body ?? null,
          // Our own timer covers the whole attempt; undici's would only cost.
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        handler,
      );
    } catch (error) {
      handler.fail('connection', bareNetworkError(error));
    }
  });
}

const stopped = new Error('The request was given up');

class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #resolve: (outcome: Outcome) => void;
  readonly #maxBytes: number;
  readonly #stopTimer: () => void;
  readonly #signal: AbortSignal | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #done = false;
  #status = 0;
  #headers: ResponseHeaders = {};
  #size = 0;
  #body: Buffer | undefined;
  #more: Buffer[] | undefined;

  constructor(resolve: (outcome: Outcome) => void, limits: ExchangeLimits) {
    this.#resolve = resolve;
    this.#maxBytes = limits.maxBytes;
    this.#stopTimer = limits.clock.setTimer(limits.endsAt - limits.clock.now(), () => this.fail('timeout'));
    this.#signal = limits.signal;
    this.#signal?.addEventListener('abort', this);
  }

  /** The caller's signal fired. */
  handleEvent(): void {
    this.fail('aborted');
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Given up while it waited for a connection: it must not go out now.
    if (this.#done) controller.abort(stopped);
    else this.#controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: ResponseHeaders,
  ): void {
    this.#status = status;
    this.#headers = headers;
    if (Number(headers['content-length']) > this.#maxBytes) this.fail('too_large');
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#done) return;
    this.#size += chunk.length;
    if (this.#size > this.#maxBytes) this.fail('too_large');
    else if (this.#body === undefined) this.#body = chunk;
    else if (this.#more === undefined) this.#more = [this.#body, chunk];
    else this.#more.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.#settle()) return;
    const body = this.#more === undefined ? this.#body : Buffer.concat(this.#more);
    this.#resolve({
      kind: 'answer',
      status: this.#status,
      headers: this.#headers,
      body: body === undefined ? '' : body.toString('utf8'),
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.fail('connection', bareNetworkError(error));
  }

  fail(kind: Fault['kind'], cause?: Error): void {
    if (!this.#settle()) return;
    const controller = this.#controller;
    this.#resolve({ kind, sent: controller !== undefined, cause });
    if (kind !== 'connection') controller?.abort(stopped);
  }

  #settle(): boolean {
    if (this.#done) return false;
    this.#done = true;
    this.#stopTimer();
    this.#signal?.removeEventListener('abort', this);
    return true;
  }
}
