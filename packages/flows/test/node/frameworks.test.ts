import { Writable } from 'node:stream';
import { createServer } from 'node:http';
import express from 'express';
import fastify from 'fastify';
import Koa from 'koa';
import { describe, expect, onTestFinished, test } from 'vitest';
import { toNodeListener, type WebHandler } from '../../src/node/node-listener.ts';
import { redactClaimPath } from '../../src/node/redact-claim-path.ts';
import { listen, send } from './http-probe.ts';

const origin = 'https://credentials.example.edu';
const token = 'q'.repeat(43);

/** Says what arrived, with two cookies. */
const echo: WebHandler = async (request, { remoteAddress }) => {
  const headers = new Headers({ 'content-type': 'application/json' });
  headers.append('set-cookie', '__Host-a=1; Path=/; Secure');
  headers.append('set-cookie', '__Host-b=2; Path=/; Secure');
  const said = { url: request.url, method: request.method, body: await request.text(), remoteAddress };
  return new Response(JSON.stringify(said), { status: 202, headers });
};
const listener = toNodeListener(echo, { origin });

/** Every host is mounted as the docs say; each must pass on the same. */
const hosts: Record<string, (log: (line: string) => void) => Promise<number>> = {
  async express(log) {
    const app = express();
    app.use((request, _response, next) => {
      log(redactClaimPath(request.originalUrl, '/claim'));
      next();
    });
    app.use('/claim', listener);
    app.use(express.urlencoded({ extended: false }));
    return listen(createServer(app));
  },
  async koa(log) {
    const app = new Koa();
    app.use(async (ctx, next) => {
      log(redactClaimPath(ctx.originalUrl, '/claim'));
      await next();
    });
    app.use(async (ctx, next) => {
      if (!`${ctx.path}/`.startsWith('/claim/')) return next();
      ctx.respond = false;
      listener(ctx.req, ctx.res);
    });
    return listen(createServer((incoming, outgoing) => void app.callback()(incoming, outgoing)));
  },
  async fastify(log) {
    const stream = new Writable({
      write(chunk, _encoding, done) {
        log(String(chunk));
        done();
      },
    });
    const app = fastify({
      logger: {
        stream,
        serializers: {
          req: ({ method, url }) => ({ method, url: redactClaimPath(url, '/claim') }),
        },
      },
    });
    app.all('/claim/*', {
      // Before the body is read, which is where Fastify would refuse the form of a page.
      onRequest: (request, reply) => {
        reply.hijack();
        listener(request.raw, reply.raw);
      },
      handler: () => undefined,
    });
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    onTestFinished(() => app.close());
    return Number(new URL(address).port);
  },
};

describe.each(Object.entries(hosts))('mounted in %s', (_name, start) => {
  test('the whole URL, the form, both cookies and the address pass; the log holds no token', async () => {
    const lines: string[] = [];
    const port = await start((line) => lines.push(line));
    const path = `/claim/award-id/${token}`;
    const answer = await send(port, path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-host': 'evil.example' },
      body: 'code=123456',
    });
    expect(answer.status).toBe(202);
    expect(answer.headers['set-cookie']).toHaveLength(2);
    expect(JSON.parse(answer.body)).toEqual({
      url: `${origin}${path}`,
      method: 'POST',
      body: 'code=123456',
      remoteAddress: '127.0.0.1',
    });
    expect(lines.join()).toContain('/claim/[redacted]');
    expect(lines.join()).not.toContain('qqq');
  });

  test('HEAD has no body; other paths stay with the host', async () => {
    const port = await start(() => undefined);
    expect(await send(port, '/claim/a', { method: 'HEAD' })).toMatchObject({ status: 202, body: '' });
    expect((await send(port, '/elsewhere')).status).toBe(404);
  });
});
