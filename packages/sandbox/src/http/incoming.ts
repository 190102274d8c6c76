import type { IncomingMessage } from 'node:http';
import type { SandboxRequest } from './message.ts';

const noParams: Readonly<Record<string, string>> = Object.freeze({});

/** A node:http request, read completely. Everything beyond method, path and body is worked out when asked for. */
export class Incoming implements SandboxRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
  readonly params: Readonly<Record<string, string>>;
  readonly #message: IncomingMessage;

  constructor(message: IncomingMessage, path: string, body: Buffer, params = noParams) {
    this.method = message.method ?? 'GET';
    this.path = path;
    this.body = body;
    this.params = params;
    this.#message = message;
  }

  get query(): URLSearchParams {
    const url = this.#message.url ?? '';
    return new URLSearchParams(url.slice(this.path.length));
  }

  header(name: string): string | undefined {
    const value = this.#message.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  cookie(name: string): string | undefined {
    for (const pair of (this.header('cookie') ?? '').split(';')) {
      const at = pair.indexOf('=');
      if (at >= 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
    }
    return undefined;
  }

  form(): URLSearchParams {
    return new URLSearchParams(this.body.toString('utf8'));
  }
}

/** The path of a request line without its query. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

/**
 * Reads the whole body, then calls `done` with it, or with undefined when it is longer than `limitBytes`. Callbacks instead of a
 * promise: this is on the path of every add.
 */
export function readBody(
  message: IncomingMessage,
  limitBytes: number,
  done: (body: Buffer | undefined) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  message.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
    else if (chunks.length > 0) chunks.length = 0;
  });
  message.on('end', () => {
    const [only] = chunks;
    if (size > limitBytes) done(undefined);
    else done(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
  });
}
