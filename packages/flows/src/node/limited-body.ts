import type { IncomingMessage } from 'node:http';

/** The body of a request, read as it is asked for. One that is too long fails at the limit and is not read to its end. */
export function limitedBody(
  incoming: IncomingMessage,
  maxBytes: number,
): { readonly stream: ReadableStream<Uint8Array>; readonly tooLarge: () => boolean } {
  let read = 0;
  const chunks = incoming.iterator({ destroyOnReturn: false });
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next: IteratorResult<Uint8Array> = await chunks.next();
        if (next.done === true) return controller.close();
        read += next.value.byteLength;
        if (read <= maxBytes) return controller.enqueue(next.value);
        await chunks.return?.();
        controller.error(new RangeError(`The body is longer than ${maxBytes} bytes.`));
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, tooLarge: () => read > maxBytes };
}
