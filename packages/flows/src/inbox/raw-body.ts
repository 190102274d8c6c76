/** The most that a delivery may have, in bytes; real ones have about 200. */
export const mostBodyBytes = 65_536;

/** The bytes of a request's body as they came; `undefined` when there are too many, and the rest is not read. */
export async function readRawBody(request: Request): Promise<Uint8Array | undefined> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > mostBodyBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let read = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) return Buffer.concat(chunks);
    read += next.value.byteLength;
    if (read > mostBodyBytes) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(next.value);
  }
}
