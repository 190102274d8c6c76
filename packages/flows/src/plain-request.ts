/**
 * A request, as far as a handler of small bodies needs it. Making a `Request` and reading its body as a stream costs several times what
 * judging a webhook does: hosts on `node:http` call such a handler without one.
 */
export interface PlainRequest {
  readonly method: string;
  /** Of its URL, without the query. */
  readonly path: string;
  /** By its name in small letters; `null` when it is not there. Several of one name are joined by commas. */
  readonly header: (name: string) => string | null;
  /** The bytes as they came, read once; `undefined` when there are more than this: then the rest is not read. Fails when it is broken off. */
  readonly body: (mostBytes: number) => Promise<Uint8Array | undefined>;
}

/** An answer without a body. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers a {@link PlainRequest}. */
export type PlainHandler = (request: PlainRequest) => Promise<PlainAnswer>;

/** A handler for every host that speaks `Request` and `Response`, and `plain` for those that need not. */
export interface HandlerOfPlain {
  (request: Request): Promise<Response>;
  readonly plain: PlainHandler;
}

/** Makes the handler of a plain one. */
export function handlerOfPlain(plain: PlainHandler): HandlerOfPlain {
  const handler = async (request: Request): Promise<Response> => {
    const { status, headers } = await plain({
      method: request.method,
      path: new URL(request.url).pathname,
      header: (name) => request.headers.get(name),
      body: (mostBytes) => readBody(request, mostBytes),
    });
    return new Response(null, { status, headers });
  };
  return Object.assign(handler, { plain });
}

async function readBody({ headers, body }: Request, mostBytes: number): Promise<Uint8Array | undefined> {
  if (Number(headers.get('content-length') ?? 0) > mostBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let read = 0;
  const reader = body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) return Buffer.concat(chunks);
    read += next.value.byteLength;
    if (read > mostBytes) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(next.value);
  }
}
