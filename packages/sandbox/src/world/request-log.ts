import { BoundedList } from './bounded-list.ts';

/** One call of the partner API, as the control panel shows it. Client secrets and tokens are left out. */
export interface LoggedRequest {
  readonly requestNumber: number;
  /** Milliseconds since the epoch, sandbox clock. */
  readonly at: number;
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  /** Undefined when a fault let the call end without an answer. */
  readonly status: number | undefined;
  readonly responseBody: string;
  /** Milliseconds, real time. */
  readonly tookMs: number;
  /** The kind of the fault that struck. */
  readonly fault: string | undefined;
}

/** A call as the listener hands it over: what costs time is done when somebody looks. */
export interface RawCall {
  readonly at: number;
  readonly method: string;
  readonly url: string;
  /** Name, value, name, value… as received. */
  readonly rawHeaders: readonly string[];
  readonly requestBody: Buffer;
  readonly status: number | undefined;
  readonly responseBody: string;
  readonly tookMs: number;
  readonly fault: string | undefined;
}

/** Bytes of a body that are kept; the rest is cut. */
const keptBodyBytes = 32 * 1024;

/** The newest calls of the partner API: 500 unless told otherwise. */
export class RequestLog {
  readonly #calls: BoundedList<RawCall & { readonly requestNumber: number }>;

  constructor(limit = 500) {
    this.#calls = new BoundedList(limit);
  }

  /** How many calls there ever were. */
  get total(): number {
    return this.#calls.total;
  }

  record(call: RawCall): void {
    this.#calls.push({
      ...call,
      // A copy, so that the larger slab the body was read into is not held.
      requestBody: Buffer.from(call.requestBody.subarray(0, keptBodyBytes)),
      responseBody: call.responseBody.slice(0, keptBodyBytes),
      requestNumber: this.#calls.total + 1,
    });
  }

  /** Newest first. */
  list(limit = Number.POSITIVE_INFINITY): readonly LoggedRequest[] {
    const calls = this.#calls.list();
    return calls
      .slice(Math.max(0, calls.length - limit))
      .toReversed()
      .map(readable);
  }

  find(requestNumber: number): LoggedRequest | undefined {
    const call = this.#calls.list().find((candidate) => candidate.requestNumber === requestNumber);
    return call === undefined ? undefined : readable(call);
  }

  clear(): void {
    this.#calls.clear();
  }
}

function readable(call: RawCall & { readonly requestNumber: number }): LoggedRequest {
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < call.rawHeaders.length; at += 2) {
    const name = (call.rawHeaders[at] ?? '').toLowerCase();
    const value = call.rawHeaders[at + 1] ?? '';
    headers[name] = name === 'authorization' || name === 'cookie' ? hidden(value) : value;
  }
  const { rawHeaders: _, ...rest } = call;
  return {
    ...rest,
    requestHeaders: headers,
    requestBody: withoutSecrets(call.requestBody.toString('utf8')),
    responseBody: withoutSecrets(call.responseBody),
  };
}

/** Keeps the first word and the last six characters, enough to tell two tokens apart. */
function hidden(value: string): string {
  const scheme = value.includes(' ') ? `${value.slice(0, value.indexOf(' '))} ` : '';
  return `${scheme}…${value.slice(-6)}`;
}

function withoutSecrets(body: string): string {
  return body
    .replaceAll(/(client_secret=)[^&]*/gu, '$1…')
    .replaceAll(/("(?:access_token|secret)"\s*:\s*")[^"]*/gu, '$1…');
}
