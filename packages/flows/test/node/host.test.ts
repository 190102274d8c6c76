import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { systemClock } from '@seek-pass-kit/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openServer } from '../../src/node/http-server.ts';
import type { WebHandler } from '../../src/node/node-listener.ts';
import { send, sendRaw } from './http-probe.ts';
import { openHost, samplePage, sampleToken } from './open-host.ts';

describe('a host serves', () => {
  test('its routes, with everything under them, and nothing else', async () => {
    const { host } = await openHost();
    expect(await send(host.port, '/claim')).toMatchObject({ status: 200, body: 'page' });
    expect(await send(host.port, `/claim/id/${sampleToken}`)).toMatchObject({ status: 200 });
    for (const path of ['/', '/claims', '/Claim', '/x/claim', '/metrics', '/health/', '/health/metrics']) {
      expect(await send(host.port, path)).toMatchObject({ status: 404, body: '' });
    }
  });

  test('the more specific of two routes', async () => {
    const hooks: WebHandler = async () => new Response('hooks');
    const { host } = await openHost({
      routes: [
        { path: '/claim', handler: samplePage },
        { path: '/claim/hooks', handler: hooks },
      ],
    });
    expect((await send(host.port, '/claim/hooks/a')).body).toBe('hooks');
    expect((await send(host.port, '/claim/hook')).body).toBe('page');
  });

  test.each(['claim', '/claim/', '/', '/health', '/metrics', '/a b', '/cl%61im'])(
    'no route at %j',
    async (path) => {
      await expect(openHost({ routes: [{ path, handler: samplePage }] })).rejects.toThrow(/route/);
    },
  );

  test('and says at the start when its port is taken', async () => {
    const { host } = await openHost();
    await expect(openHost({ port: host.port })).rejects.toThrow(/cannot be opened \(EADDRINUSE\): free it/);
    await expect(openHost({ metrics: { port: host.port } })).rejects.toThrow(/cannot be opened/);
  });
});

describe("a host's log", () => {
  test('holds no token, no address and no message, whatever is asked for', async () => {
    const handler: WebHandler = async (request) => {
      if (request.method === 'GET') return new Response('page');
      throw new Error(`cannot serve ${request.url}`);
    };
    const { host, log } = await openHost({ routes: [{ path: '/claim', handler }] });
    for (const path of [
      `/claim/id/${sampleToken}`,
      `/claim?t=${sampleToken}`,
      `/other/${sampleToken}`,
      `/health/${sampleToken}`,
    ]) {
      await send(host.port, path);
      await send(host.port, path, { method: 'POST', body: sampleToken });
    }
    await host.close();
    const text = JSON.stringify(log);
    expect(text).not.toContain('qqq');
    expect(text).not.toContain('127.0.0.1');
    expect(log).toContainEqual({ event: 'request_failed', error: 'Error' });
    const requests = log.filter((entry) => entry.event === 'request');
    expect(requests.map(({ method, route, status }) => `${method} ${route} ${status}`)).toEqual([
      'GET /claim 200',
      'POST /claim 500',
      'GET /claim 200',
      'POST /claim 500',
      'GET other 404',
      'POST other 404',
      'GET /health 404',
      'POST /health 404',
    ]);
  });

  test('tells a request that the client gave up from one that was answered', async () => {
    let socket: Socket | undefined;
    const handler: WebHandler = async (request) => {
      const gone = once(request.signal, 'abort');
      socket?.destroy();
      await gone;
      return new Response('too late');
    };
    const { host, log } = await openHost({ routes: [{ path: '/claim', handler }] });
    socket = connect(host.port, '127.0.0.1');
    socket.write('GET /claim HTTP/1.1\r\nHost: a\r\n\r\n');
    await expect
      .poll(() => log.filter((entry) => entry.event === 'request'))
      .toMatchObject([{ aborted: true }]);
  });
});

describe('slow and greedy clients', () => {
  const limits = { headersTimeout: 60, requestTimeout: 120, connectionsCheckingInterval: 20 };

  test('that send their request too slowly are cut off', async () => {
    const listen = { port: 0, hostname: '127.0.0.1' };
    const server = await openServer((incoming) => incoming.resume(), listen, systemClock, limits);
    onTestFinished(() => server.close(0).then(() => undefined));
    const head = 'POST / HTTP/1.1\r\nHost: a\r\n';
    expect(await sendRaw(server.port, head)).toMatch(/^HTTP\/1.1 408 /);
    expect(await sendRaw(server.port, `${head}Content-Length: 9\r\n\r\nabc`)).toMatch(/^HTTP\/1.1 408 /);
    expect(await sendRaw(server.port, '')).toMatch(/^(HTTP\/1.1 408 .*)?/);
  });

  test('that send enormous headers are refused', async () => {
    const { host } = await openHost();
    const answer = await sendRaw(
      host.port,
      `GET /claim HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
  });
});
