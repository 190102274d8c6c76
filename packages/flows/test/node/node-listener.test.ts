import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Connection } from '../../src/connection.ts';
import { toNodeListener, type WebHandler } from '../../src/node/node-listener.ts';
import { send, sendRaw, serve } from './http-probe.ts';

const origin = 'https://credentials.example.edu';

const echo: WebHandler = async (request) =>
  Response.json({ method: request.method, url: request.url, body: await request.text() });

describe('toNodeListener', () => {
  test('the URL comes from the configured origin, whatever the client claims', async () => {
    const port = await serve(toNodeListener(echo, { origin }));
    const lies = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
    for (const [path, url] of [
      ['/claim/a?b=c', `${origin}/claim/a?b=c`],
      ['//evil.example/claim', `${origin}//evil.example/claim`],
      ['http://evil.example/claim/a', `${origin}/claim/a`],
      ['http://evil.example//other.example/a', `${origin}//other.example/a`],
      ['/\\evil.example', `${origin}//evil.example`],
    ] as const) {
      const { body } = await send(port, path, { headers: lies });
      expect(JSON.parse(body).url).toBe(url);
    }
  });

  test('a target that is no path is refused', async () => {
    const port = await serve(toNodeListener(echo, { origin }));
    expect((await send(port, '*', { method: 'OPTIONS' })).status).toBe(400);
    const answer = await sendRaw(port, 'GET @evil.example/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });

  test('method, headers, body and address arrive; a cookie header stays one', async () => {
    const seen: Array<[Request, Connection]> = [];
    const handler: WebHandler = async (request, connection) => {
      seen.push([request, connection]);
      return new Response(await request.text());
    };
    const port = await serve(toNodeListener(handler, { origin }));
    const { body } = await send(port, '/claim', {
      method: 'POST',
      headers: { cookie: ['a=1', 'b=2'], origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'code=123456',
    });
    expect(body).toBe('code=123456');
    const [[request, connection] = []] = seen;
    expect(request?.headers.get('cookie')).toBe('a=1; b=2');
    expect(request?.headers.get('origin')).toBe(origin);
    expect(connection?.remoteAddress).toBe('127.0.0.1');
    expect(connection?.incoming?.headers.cookie).toBe('a=1; b=2');
  });

  test('what code of the host answered in the middle of it stays the answer', async () => {
    const faults: unknown[] = [];
    const handler: WebHandler = async (_request, { outgoing }) => {
      outgoing?.writeHead(302, { location: '/sign-in' }).end();
      return new Response('too late');
    };
    const port = await serve(toNodeListener(handler, { origin, onError: (error) => faults.push(error) }));
    const answer = await sendRaw(port, 'GET /claim HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(answer).toContain('location: /sign-in');
    expect(answer).not.toContain('too late');
    expect(faults).toEqual([]);
  });

  test('every Set-Cookie header of an answer stays a header of its own, beside those of the host', async () => {
    const handler: WebHandler = async () => {
      const headers = new Headers({ location: '/claim', 'cache-control': 'no-store' });
      headers.append('set-cookie', '__Host-a=1; Path=/; Secure');
      headers.append('set-cookie', '__Host-b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/');
      return new Response(null, { status: 303, headers });
    };
    const listener = toNodeListener(handler, { origin });
    const port = await serve((incoming, outgoing) => {
      outgoing.setHeader('set-cookie', 'host=1');
      outgoing.setHeader('x-host', 'stays');
      outgoing.setHeader('cache-control', 'public');
      listener(incoming, outgoing);
    });
    const { status, headers } = await send(port, '/claim/id/token');
    expect(status).toBe(303);
    expect(headers['set-cookie']).toEqual([
      'host=1',
      '__Host-a=1; Path=/; Secure',
      '__Host-b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/',
    ]);
    expect(headers).toMatchObject({ 'x-host': 'stays', 'cache-control': 'no-store' });
  });

  test('a page of one chunk goes out with its length; many chunks go out whole', async () => {
    const large = 'ä'.repeat(3_000_000);
    const handler: WebHandler = async (request) => {
      if (request.url.endsWith('/one')) return new Response('page');
      const bytes = new TextEncoder().encode(large);
      let at = 0;
      const body = new ReadableStream({
        pull(controller) {
          if (at >= bytes.length) return controller.close();
          controller.enqueue(bytes.subarray(at, (at += 65_536)));
        },
      });
      return new Response(body);
    };
    const port = await serve(toNodeListener(handler, { origin }));
    expect((await send(port, '/one')).headers['content-length']).toBe('4');
    expect((await send(port, '/many')).body === large).toBe(true);
  });

  test('HEAD sends the headers and no body', async () => {
    const port = await serve(toNodeListener(async () => new Response('page'), { origin }));
    const answer = await sendRaw(port, 'HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer).toMatch(/content-type: text\/plain/i);
    expect(answer.endsWith('\r\n\r\n')).toBe(true);
  });

  test('a body over the limit is refused, told or untold, and never read to its end', async () => {
    let calls = 0;
    const handler: WebHandler = async (request) => {
      calls += 1;
      await request.text().catch(() => undefined);
      return new Response('taken');
    };
    const port = await serve(toNodeListener(handler, { origin, maxBodyBytes: 1_000 }));
    const post = (length: number, headers: Record<string, string>) =>
      send(port, '/', { method: 'POST', headers, body: Buffer.alloc(length, 'a') });
    const chunked = { 'transfer-encoding': 'chunked' };
    expect((await post(1_000, { 'content-length': '1000' })).body).toBe('taken');
    expect((await post(1_000, chunked)).body).toBe('taken');
    expect(calls).toBe(2);
    expect(await post(1_001, { 'content-length': '1001' })).toMatchObject({ status: 413, body: '' });
    expect(calls).toBe(2);
    expect(await post(1_001, chunked)).toMatchObject({ status: 413, body: '' });
    const endless = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await sendRaw(port, `${endless}800\r\n${'a'.repeat(2_048)}\r\n`)).toMatch(/^HTTP\/1.1 413 /);
  });

  test('a client that goes away aborts the request, and is no error', async () => {
    const errors: unknown[] = [];
    const happened = new EventEmitter();
    const handler: WebHandler = async (request) => {
      const aborted = once(request.signal, 'abort');
      happened.emit('called');
      await aborted;
      happened.emit('aborted');
      throw new Error('stopped half way');
    };
    const port = await serve(toNodeListener(handler, { origin, onError: (error) => errors.push(error) }));
    const socket = connect(port, '127.0.0.1');
    const called = once(happened, 'called');
    const aborted = once(happened, 'aborted');
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await called;
    socket.destroy();
    await aborted;
    await new Promise(setImmediate);
    expect(errors).toEqual([]);
  });

  test('a client that goes away while it is answered ends the body', async () => {
    const happened = new EventEmitter();
    const cancelled = once(happened, 'cancelled');
    const handler: WebHandler = async () =>
      new Response(
        new ReadableStream({
          pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
          cancel: () => {
            happened.emit('cancelled');
          },
        }),
      );
    const port = await serve(toNodeListener(handler, { origin, onError: () => undefined }));
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'data');
    socket.destroy();
    expect(await cancelled).toEqual([]);
  });

  test('what a handler throws is told to the host alone', async () => {
    const errors: unknown[] = [];
    const thrown = new Error('database password is hunter2');
    const handler: WebHandler = async () => {
      throw thrown;
    };
    const port = await serve(toNodeListener(handler, { origin, onError: (error) => errors.push(error) }));
    const answer = await send(port, '/');
    expect(answer).toMatchObject({ status: 500, body: '' });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect(errors).toEqual([thrown]);
  });

  test('methods that no handler may get are refused', async () => {
    const port = await serve(toNodeListener(echo, { origin }));
    expect((await send(port, '/', { method: 'TRACE' })).status).toBe(405);
  });

  test('a body that the host has read already is a mistake with a name', async () => {
    const errors: unknown[] = [];
    const listener = toNodeListener(echo, { origin, onError: (error) => errors.push(error) });
    const port = await serve((incoming, outgoing) => {
      incoming.resume().once('end', () => listener(incoming, outgoing));
    });
    expect((await send(port, '/', { method: 'POST', body: 'code=1' })).status).toBe(500);
    expect(String(errors[0])).toContain('before the body parser');
  });

  test.each(['credentials.example.edu', 'https://credentials.example.edu/', 'https://a.example/claim', ''])(
    'an origin %j is refused at the start',
    (text) => {
      expect(() => toNodeListener(echo, { origin: text })).toThrow('origin must be scheme and host');
    },
  );
});
