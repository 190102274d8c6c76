import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A partner's webhook receiver: keeps what came in and answers as told. */
export interface Receiver {
  readonly url: string;
  readonly received: { readonly headers: IncomingHttpHeaders; readonly body: string }[];
  /** The status of the next answers; `drop` closes the connection. */
  answer: number | 'drop';
}

/** Starts a receiver that ends with the test. */
export async function freshReceiver(): Promise<Receiver> {
  const received: Receiver['received'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      if (receiver.answer === 'drop') request.socket.destroy();
      else response.writeHead(receiver.answer).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address() as AddressInfo;
  const receiver: Receiver = { url: `http://127.0.0.1:${address.port}/hook`, received, answer: 204 };
  return receiver;
}
