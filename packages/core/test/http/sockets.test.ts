import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import type { SeekPassOptions } from '../../src/index.ts';
import { SeekPass } from '../../src/index.ts';
import { microcredential } from '../support/make-client.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, accept: () => void) => void;

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

async function listen(
  handler: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<string> {
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => handler(request, response, Buffer.concat(chunks).toString()));
    request.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A little SEEK Pass on a real socket; `plan` decides about one add each. */
async function start(plan: Handler[], options: Partial<SeekPassOptions> = {}) {
  const submissions = new Set<string>();
  const seen: { path: string; authorization: string | undefined; at: number }[] = [];
  const baseUrl = await listen((request, response, body) => {
    const json = (status: number, value: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const path = request.url ?? '';
    if (path.includes('/oauth/')) return json(200, { access_token: 'real-token', expires_in: 60 });
    seen.push({ path, authorization: request.headers.authorization, at: Date.now() });
    const answer = () => {
      submissions.add((JSON.parse(body) as { id: string }).id);
      return json(201, {
        redirect_uri: `${baseUrl}/partner/add/microcredential#clientId=sandbox-1&content=1`,
      });
    };
    const next = plan.shift();
    return next === undefined
      ? answer()
      : next(request, response, () => submissions.add((JSON.parse(body) as { id: string }).id));
  });
  const seekPass = new SeekPass({
    environment: 'sandbox',
    baseUrl,
    clientId: 'sandbox-1',
    clientSecret: '7b1c9e0a44f25d3386aa',
    retryBaseMs: 10,
    attemptTimeoutMs: 300,
    ...options,
  });
  open.push(seekPass);
  return { seekPass, submissions, seen, baseUrl };
}

describe('on real sockets', () => {
  test.each<[string, Handler]>([
    ['a reset before acceptance', (request) => request.socket.resetAndDestroy()],
    [
      'a reset after acceptance',
      (request, _response, accept) => {
        accept();
        request.socket.resetAndDestroy();
      },
    ],
    [
      'a reset in the middle of the body',
      (request, response, accept) => {
        accept();
        response.writeHead(201, { 'content-length': 1000 }).write('{"redirect_uri":');
        setTimeout(() => request.socket.resetAndDestroy(), 10);
      },
    ],
    ['a connection closed without an answer', (request) => request.socket.end()],
    ['a hang after acceptance', (_request, _response, accept) => accept()],
    [
      'a body that stops',
      (_request, response, accept) => {
        accept();
        response.writeHead(201).write('{');
      },
    ],
    [
      'bytes that are not HTTP',
      (request) => {
        request.socket.end('SSH-2.0-OpenSSH_9.2\r\n');
      },
    ],
  ])('%s: repeated, and one submission', async (_name, fault) => {
    const { seekPass, submissions, seen } = await start([fault]);
    await expect(seekPass.add(microcredential())).resolves.toMatchObject({ id: 'award-1' });
    expect(submissions.size).toBe(1);
    expect(seen).toHaveLength(2);
  });

  test('nobody listens: unavailable, a repeat is safe', async () => {
    const { seekPass } = await start([], { baseUrl: 'http://127.0.0.1:9', maxAttempts: 2 });
    await expect(seekPass.add(microcredential())).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
      cause: { code: 'ECONNREFUSED' },
    });
  });

  test('the cause of a connection error holds a name and a code, never bytes of the answer', async () => {
    const garbage: Handler = (request) => {
      request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: Somchai-Secret\r\n\r\nSomchai-Secret');
    };
    const { seekPass } = await start([garbage, garbage], { maxAttempts: 1 });
    const error = await seekPass.add(microcredential()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'unavailable', cause: { name: 'HTTPParserError' } });
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('Somchai-Secret');
  });

  test('what was given up while it waited for a connection never goes out', async () => {
    const held: ServerResponse[] = [];
    const { seekPass, seen } = await start([(_request, response) => void held.push(response)], {
      connections: 1,
      attemptTimeoutMs: 2_000,
      maxAttempts: 1,
    });
    const first = seekPass.add(microcredential('first'));
    await expect.poll(() => held.length).toBe(1);
    const second = seekPass.add(microcredential('second'), { deadlineMs: 50 });
    await expect(second).rejects.toMatchObject({ code: 'timed_out', retryable: true });
    held[0]?.writeHead(400).end();
    await expect(first).rejects.toMatchObject({ code: 'rejected' });
    await seekPass.add(microcredential('third'));
    expect(seen).toHaveLength(2);
  });

  test('an abort ends the call at once and the request with it', async () => {
    let closed = false;
    const { seekPass } = await start(
      [
        (request) => {
          request.socket.on('close', () => {
            closed = true;
          });
        },
      ],
      { attemptTimeoutMs: 10_000 },
    );
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('learner left')), 50);
    const startedAt = Date.now();
    await expect(seekPass.add(microcredential(), { signal: stop.signal })).rejects.toMatchObject({
      code: 'aborted',
      cause: { message: 'learner left' },
    });
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    await expect.poll(() => closed).toBe(true);
  });

  test('an abort while waiting for the next attempt, or for a place, ends the call too', async () => {
    const { seekPass, seen } = await start(
      [
        (_request, response) => {
          response.writeHead(503, { 'retry-after': '20' }).end();
        },
        () => undefined,
      ],
      { concurrency: 1, attemptTimeoutMs: 20_000 },
    );
    const waiting = seekPass.add(microcredential(), { signal: AbortSignal.timeout(150) });
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
    const stop = new AbortController();
    const holding = seekPass.add(microcredential('holds'), { signal: stop.signal });
    const queued = seekPass.add(microcredential('queued'), { signal: AbortSignal.timeout(100) });
    await expect(queued).rejects.toMatchObject({ code: 'aborted' });
    stop.abort();
    await expect(holding).rejects.toMatchObject({ code: 'aborted' });
    expect(seen).toHaveLength(2);
  });

  test('an abort before the call sends nothing', async () => {
    const { seekPass, seen } = await start([]);
    await expect(seekPass.add(microcredential(), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(seen).toHaveLength(0);
  });

  test('redirects: followed on the same origin with method and body, never to another', async () => {
    const stolen: string[] = [];
    const elsewhere = await listen((request, response) => {
      stolen.push(request.headers.authorization ?? 'none');
      response.end('{}');
    });
    const to =
      (status: number, location: string): Handler =>
      (_request, response) => {
        response.writeHead(status, { location }).end();
      };
    const { seekPass, submissions, seen, baseUrl } = await start([]);
    const plan: [number, string, boolean][] = [
      [307, '/moved', true],
      [308, `${baseUrl}/moved`, true],
      [302, '/moved', false],
      [303, '/moved', false],
      [307, `${elsewhere}/moved`, false],
      [308, elsewhere.replace('http:', ''), false],
      [307, baseUrl.replace('127.0.0.1', 'user@127.0.0.1'), false],
      [307, 'javascript:alert(1)', false],
    ];
    for (const [status, location, followed] of plan) {
      const made = await start([to(status, location.replace(baseUrl, '')), ...(followed ? [] : [])], {});
      const result = made.seekPass.add(microcredential());
      if (followed) await expect(result).resolves.toMatchObject({ id: 'award-1' });
      else await expect(result).rejects.toMatchObject({ code: 'unexpected_response', status });
      expect(made.submissions.size).toBe(followed ? 1 : 0);
    }
    expect(stolen).toEqual([]);
    await seekPass.add(microcredential());
    expect([submissions.size, seen.length]).toEqual([1, 1]);
  });

  test('a loop of redirects ends', async () => {
    const loop: Handler = (_request, response) => {
      response.writeHead(307, { location: '/again' }).end();
    };
    const { seekPass, seen } = await start(Array.from({ length: 20 }, () => loop));
    await expect(seekPass.add(microcredential())).rejects.toMatchObject({ code: 'unexpected_response' });
    expect(seen).toHaveLength(4);
  });

  test('connections are kept and no more than the setting', async () => {
    const ports = new Set<number | undefined>();
    const note: Handler = (request, response, accept) => {
      ports.add(request.socket.remotePort);
      accept();
      setTimeout(
        () =>
          response.writeHead(201).end(
            JSON.stringify({
              redirect_uri: `http://${request.headers.host}/partner/add/microcredential#clientId=sandbox-1&content=1`,
            }),
          ),
        5,
      );
    };
    const { seekPass } = await start(
      Array.from({ length: 60 }, () => note),
      { connections: 3 },
    );
    await Promise.all(Array.from({ length: 60 }, (_, i) => seekPass.add(microcredential(`a${i}`))));
    expect(ports.size).toBeLessThanOrEqual(3);
  });

  test('uploads go out without the token, to https only unless it is the sandbox', async () => {
    const { seekPass } = await start([]);
    const uploads: { type: string | undefined; authorization: string | undefined; body: string }[] = [];
    const storage = await listen((request, response, body) => {
      uploads.push({
        type: request.headers['content-type'],
        authorization: request.headers.authorization,
        body,
      });
      response.writeHead(uploads.length === 1 ? 503 : 200).end();
    });
    await seekPass.uploadAsset({
      url: `${storage}/a.pdf?signature=x`,
      body: Buffer.from('%PDF-1.7'),
      contentType: 'application/pdf',
    });
    expect(uploads).toEqual([
      { type: 'application/pdf', authorization: undefined, body: '%PDF-1.7' },
      { type: 'application/pdf', authorization: undefined, body: '%PDF-1.7' },
    ]);
    for (const url of [
      'http://storage.example/a',
      'ftp://x',
      'file:///etc/passwd',
      'https://u:p@storage.example/a',
    ]) {
      await expect(
        seekPass.uploadAsset({ url, body: Buffer.from('x'), contentType: 'application/pdf' }),
      ).rejects.toMatchObject({ code: 'invalid_configuration' });
    }
  });

  test('a proxy is used, with its user name and password', async () => {
    const connects: (string | undefined)[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      connects.push(`${request.url} ${request.headers['proxy-authorization']}`);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    open.push(proxy);
    const seekPass = new SeekPass({
      environment: 'staging',
      clientId: 'client-1',
      clientSecret: '7b1c9e0a44f25d3386aa',
      proxy: `http://user:p%40ss@127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      maxAttempts: 1,
    });
    open.push(seekPass);
    await expect(seekPass.add(microcredential())).rejects.toMatchObject({ code: 'unavailable' });
    expect(connects).toEqual([
      `app.seekpass-staging.com:443 Basic ${Buffer.from('user:p@ss').toString('base64')}`,
    ]);
  });
});
