import { createServer } from 'node:http';
import { Writable } from 'node:stream';
import express from 'express';
import fastify from 'fastify';
import Koa from 'koa';
import { onTestFinished } from 'vitest';
import type { NodeListener } from '../../src/node/node-listener.ts';
import { redactClaimPath } from '../../src/node/redact-claim-path.ts';
import { listen } from './http-probe.ts';

/** Serves a listener under `/claim` until the test ends, with a request log; gives the port. */
export type MountedHost = (listener: NodeListener, log: (line: string) => void) => Promise<number>;

/** The hosts of the docs, mounted as these say. */
export const mountedHosts: Readonly<Record<string, MountedHost>> = {
  async express(listener, log) {
    const app = express();
    app.use((request, _response, next) => {
      log(redactClaimPath(request.originalUrl, '/claim'));
      next();
    });
    app.use('/claim', listener);
    app.use(express.urlencoded({ extended: false }));
    return listen(createServer(app));
  },
  async koa(listener, log) {
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
  async fastify(listener, log) {
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
