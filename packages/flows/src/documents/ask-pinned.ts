import { request } from 'node:https';
import type { Duplex } from 'node:stream';

/** What is looked at of an answer. */
export interface PinnedAnswer {
  readonly status: number;
  /** Of a redirect. */
  readonly location?: string;
  /** The first bytes of its body. */
  readonly start: Uint8Array;
}

/** Enough to know a file by. */
const startBytes = 16;

/** Asks for a URL over a connection that `connect` opens, and reads no more of the answer than its first bytes. Rejects when there is none. */
export function askPinned(url: URL, connect: () => Duplex, signal: AbortSignal): Promise<PinnedAnswer> {
  return new Promise((done, fail) => {
    const asked = request(url, {
      method: 'GET',
      signal,
      // No agent: one would open connections by itself, to a name that is resolved once more.
      createConnection: connect,
      defaultPort: 443,
      maxHeaderSize: 16_384,
      headers: {
        accept: '*/*',
        'accept-encoding': 'identity',
        'user-agent': 'seek-pass-kit',
        connection: 'close',
      },
    });
    asked.on('error', fail);
    // Some answers end a request without a word: 101, which changes to a protocol that nobody asked for.
    asked.once('close', () => fail(new Error('The connection was closed without an answer.')));
    asked.once('response', (response) => {
      const { statusCode: status = 0, headers } = response;
      const end = (start: Uint8Array): void => {
        // What else it has to say is not listened to.
        response.destroy();
        const isRedirect = [301, 302, 303, 307, 308].includes(status);
        const { location } = headers;
        done({ status, start, ...(isRedirect && location !== undefined ? { location } : {}) });
      };
      if (status !== 200) {
        end(new Uint8Array());
        return;
      }
      let start = Buffer.alloc(0);
      response.on('data', (chunk: Buffer) => {
        start = Buffer.concat([start, chunk.subarray(0, startBytes)]);
        if (start.length >= startBytes) end(start);
      });
      response.once('end', () => end(start));
      response.on('error', fail);
      response.once('close', () => fail(new Error('The answer broke off.')));
    });
    asked.end();
  });
}
