import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PlainHandler, PlainRequest } from '../plain-request.ts';

/** Answers a request of `node:http` by a plain handler, whose limit of the body may be lower than this one. */
export async function answerPlainly(
  handler: PlainHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { path, maxBodyBytes }: { readonly path: string; readonly maxBodyBytes: number },
): Promise<void> {
  const { method = 'GET', headers } = incoming;
  let cut = false;
  const request: PlainRequest = {
    method,
    path,
    header(name) {
      const value = headers[name];
      return value === undefined ? null : String(value);
    },
    async body(mostBytes) {
      const body = await wholeBody(incoming, Math.min(mostBytes, maxBodyBytes));
      cut = body === undefined;
      return body;
    },
  };
  const answer = await handler(request);
  // What is left of the body must not be taken for the next request.
  outgoing.writeHead(answer.status, cut ? { ...answer.headers, connection: 'close' } : answer.headers);
  outgoing.end();
}

/** By events: an iterator of the stream, and a promise for each chunk, take longer than a small body needs. */
function wholeBody(incoming: IncomingMessage, mostBytes: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    if (Number(incoming.headers['content-length'] ?? 0) > mostBytes) {
      resolve(undefined);
      return;
    }
    const chunks: Uint8Array[] = [];
    let read = 0;
    let ended = false;
    const take = (chunk: Uint8Array): void => {
      read += chunk.byteLength;
      chunks.push(chunk);
      if (read <= mostBytes) return;
      incoming.off('data', take);
      incoming.pause();
      resolve(undefined);
    };
    incoming.on('data', take);
    incoming.once('end', () => {
      ended = true;
      resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    });
    incoming.once('error', reject);
    incoming.once('close', () => {
      if (!ended) reject(new Error('The body was broken off.'));
    });
  });
}
