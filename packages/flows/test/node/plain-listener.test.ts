import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { toNodeListener, type WebHandler } from '../../src/node/node-listener.ts';
import { handlerOfPlain, type PlainRequest } from '../../src/plain-request.ts';
import { send, serve } from './http-probe.ts';

const origin = 'https://portal.example.edu';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly signature: string | null;
  readonly body: string | undefined;
}

/** A handler that says what it was given: the same by `Request` and by `node:http`. */
function openHandler() {
  const seen: Seen[] = [];
  const handler = handlerOfPlain(async (request: PlainRequest) => {
    const body = await request.body(100);
    const { method, path } = request;
    seen.push({
      method,
      path,
      signature: request.header('x-signature'),
      body: body === undefined ? undefined : Buffer.from(body).toString('latin1'),
    });
    return { status: body === undefined ? 413 : 204, headers: { 'cache-control': 'no-store' } };
  });
  return { handler, seen };
}

const listen = (handler: WebHandler, onError: (error: unknown) => void = () => undefined) =>
  serve(toNodeListener(handler, { origin, onError }));

describe('a handler that needs no Request', () => {
  const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).subarray(0, 100);
  const cases: ReadonlyArray<readonly [string, string, RequestInit & { readonly method: string }]> = [
    ['a plain path', '/webhooks/seek-pass', { method: 'POST', body: 'x' }],
    ['a query', '/webhooks/seek-pass?a=/b#c', { method: 'POST', body: 'x' }],
    ['a path to be resolved', '/a/../webhooks/./seek-pass', { method: 'POST', body: 'x' }],
    ['a path that is written otherwise', '/webhooks/%C3%A9|{x}', { method: 'POST', body: 'x' }],
    ['every byte', '/webhooks', { method: 'POST', body: everyByte }],
    ['no body', '/webhooks', { method: 'GET' }],
    ['an empty body', '/webhooks', { method: 'POST', body: '' }],
    ['a long body', '/webhooks', { method: 'POST', body: 'x'.repeat(101) }],
    ['a signature', '/webhooks', { method: 'POST', body: 'x', headers: { 'x-signature': 'ab' } }],
  ];

  test.each(cases)('is given the same over node:http as of a Request: %s', async (_, target, init) => {
    const { handler, seen } = openHandler();
    const port = await listen(handler);
    const answer = await handler(new Request(origin + target, init));
    const { status, headers } = await fetch(`http://127.0.0.1:${port}${target}`, init);
    expect([status, headers.get('cache-control')]).toEqual([answer.status, 'no-store']);
    expect(seen).toHaveLength(2);
    expect(seen[1]).toEqual(seen[0]);
  });

  test('joins repeated headers with commas, as a Request does', async () => {
    const { handler, seen } = openHandler();
    const port = await listen(handler);
    await send(port, '/x', { method: 'POST', headers: { 'x-signature': ['a', 'b'] }, body: '' });
    expect(seen).toMatchObject([{ signature: 'a, b' }]);
  });

  test('hears of a body that is broken off, and of one that is too long without an announcement', async () => {
    let failed = 0;
    const handler = handlerOfPlain(async ({ body }) => {
      const read = await body(100).catch(() => {
        failed += 1;
        return undefined;
      });
      return { status: read === undefined ? 413 : 204, headers: {} };
    });
    const port = await listen(handler);
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nhalf', () => {
          socket.destroy();
          resolve();
        });
      });
    });
    await expect.poll(() => failed).toBe(1);
    const streamed = {
      method: 'POST',
      body: new Blob(['x'.repeat(5_000)]).stream(),
      duplex: 'half',
    } as const;
    const answer = await fetch(`http://127.0.0.1:${port}/x`, streamed);
    expect([answer.status, answer.headers.get('connection')]).toEqual([413, 'close']);
  });

  test('that throws is answered 500 and told of, and so is a body that somebody read before', async () => {
    const errors: unknown[] = [];
    const handler = handlerOfPlain(() => Promise.reject(new TypeError('a secret')));
    const port = await listen(handler, (error) => errors.push(error));
    const answer = await fetch(`http://127.0.0.1:${port}/x`, { method: 'POST', body: 'x' });
    expect([answer.status, await answer.text()]).toEqual([500, '']);
    expect(errors).toEqual([new TypeError('a secret')]);

    const { handler: whole, seen } = openHandler();
    const listener = toNodeListener(whole, { origin, onError: (error) => errors.push(error) });
    const readBefore = await serve((incoming, outgoing) => {
      incoming.once('data', () => listener(incoming, outgoing));
    });
    expect((await fetch(`http://127.0.0.1:${readBefore}/x`, { method: 'POST', body: 'x' })).status).toBe(500);
    expect(errors.at(-1)).toMatchObject({ code: 'invalid_configuration' });
    expect(seen).toEqual([]);
  });

  test('keeps the headers that the host has set', async () => {
    const { handler } = openHandler();
    const listener = toNodeListener(handler, { origin });
    const port = await serve((incoming, outgoing) => {
      outgoing.setHeader('x-host', 'yes');
      listener(incoming, outgoing);
    });
    const { headers } = await fetch(`http://127.0.0.1:${port}/x`, { method: 'POST', body: 'x' });
    expect([headers.get('x-host'), headers.get('cache-control')]).toEqual(['yes', 'no-store']);
  });
});
