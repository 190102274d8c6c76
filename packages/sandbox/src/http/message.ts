/** A request as the sandbox's routes see it, the body fully read. */
export interface SandboxRequest {
  /** Upper case. */
  readonly method: string;
  /** Without the query, as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** A header by its lower-case name; undefined when absent. */
  header(name: string): string | undefined;
  /** A cookie by its name. */
  cookie(name: string): string | undefined;
  /** What stands for `:name` in the route's path, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body as a form (`application/x-www-form-urlencoded`). */
  form(): URLSearchParams;
}

/** An answer. `Date`, `Content-Length` and `Connection` are set by the listener. */
export interface SandboxResponse {
  readonly status: number;
  /** Several `Set-Cookie` headers go in an array. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

/** Answers one request. */
export type Handler = (request: SandboxRequest) => SandboxResponse | Promise<SandboxResponse>;

/** One route: `path` may hold `:name` for exactly one part of the path. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly handle: Handler;
  /** Largest body in bytes; 2 MiB when left out. A longer one gets 413. */
  readonly bodyLimit?: number;
}

/** A JSON answer. `&` is written `\u0026`, as SEEK Pass does (docs: "Redirect user"); it means the same. */
export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): SandboxResponse {
  const text = JSON.stringify(value);
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: text.includes('&') ? text.replaceAll('&', String.raw`\u0026`) : text,
  };
}

/** Sends the browser on with 303 See Other. */
export function seeOther(
  location: string,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): SandboxResponse {
  return { status: 303, headers: { Location: location, 'Cache-Control': 'no-store', ...headers } };
}
