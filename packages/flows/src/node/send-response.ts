import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Writes an answer out. Headers that the host has set stay, unless the answer sets them too. */
export async function sendResponse(
  outgoing: ServerResponse,
  response: Response,
  method: string | undefined,
): Promise<void> {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
  // Joined with commas, as other headers are, cookies would be lost.
  for (const cookie of response.headers.getSetCookie()) outgoing.appendHeader('set-cookie', cookie);
  if (response.body === null || method === 'HEAD') {
    await response.body?.cancel();
    outgoing.end();
    return;
  }
  const reader = response.body.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  outgoing.once('close', stop);
  try {
    // One chunk is held back: a page that is a single chunk goes out with its length, in one packet.
    let chunk = await reader.read();
    while (!chunk.done) {
      const next = await reader.read();
      if (next.done) break;
      if (!outgoing.write(chunk.value)) await drained(outgoing);
      chunk = next;
    }
    outgoing.end(chunk.value);
  } finally {
    if (!outgoing.writableEnded) stop();
  }
}

/** Room to write again. A client that went away makes none, so its end counts too. */
async function drained(outgoing: ServerResponse): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    await Promise.race([once(outgoing, 'drain', { signal }), once(outgoing, 'close', { signal })]);
  } finally {
    settled.abort();
  }
  if (outgoing.destroyed) throw new Error('The client went away.');
}
