import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import {
  type CanActivate,
  Controller,
  Get,
  type INestApplication,
  Post,
  Req,
  VersioningType,
} from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Store } from '@seek-pass-kit/flows';
import { countedCalls } from '@seek-pass-kit/prove/counted-calls';
import express from 'express';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SeekPassModule } from '../../src/index.ts';
import type { SeekPassModuleOptions } from '../../src/seek-pass-module-options.ts';
import type { TestWebhook } from '../../src/testing/index.ts';
import { adapters, makeApp, makings, openApp, openSeekPass } from './open-app.ts';

@Controller()
class AnythingController {
  @Get('*')
  page(): string {
    return 'the single page of the application';
  }

  @Post('orders')
  order(@Req() request: { readonly body: unknown }): unknown {
    return request.body;
  }
}

/** Lets nobody in. */
class NobodyGuard implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

/** As helmet and compression do: headers on every answer, and what is written goes through somebody else. */
const meddling = (_request: unknown, response: ServerResponseLike, next: () => void): void => {
  response.setHeader('x-meddled', 'yes');
  response.setHeader('content-security-policy', "default-src 'none'");
  const { end } = response;
  response.end = (...given) => end.apply(response, given.length === 0 ? ['meddled'] : given);
  next();
};

interface ServerResponseLike {
  setHeader(name: string, value: string): unknown;
  end: (...given: unknown[]) => unknown;
}

/** What a main.ts can do to every request of an application. */
function everything(app: INestApplication): void {
  app.use(meddling);
  app.use(express.json({ type: () => true, limit: '10b' }));
  app.useSecurityHeaders();
  app.enableCsrfProtection();
  app.setGlobalPrefix('api');
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
  app.useGlobalGuards(new NobodyGuard());
}

/** With a query, so that it is Express or Fastify that has the request: without one webhooks are answered before these. */
async function deliver(url: string, { headers, body }: TestWebhook, more = {}): Promise<number> {
  const receiver = `${url}/webhooks/seek-pass?in=the-framework`;
  const { status } = await fetch(receiver, { method: 'POST', headers: { ...headers, ...more }, body });
  return status;
}

describe.each(adapters)('in front of %s', (_name, adapter) => {
  describe.each(makings)('made by %s', (madeBy) => {
    test('neither parsers, middleware, prefix, version, guards nor wildcard routes touch our paths', async () => {
      const seekPass = await openSeekPass();
      const { url } = await openApp({
        adapter: adapter(),
        madeBy,
        registrations: [seekPass.options()],
        module: {
          controllers: [AnythingController],
          providers: [{ provide: APP_GUARD, useClass: NobodyGuard }],
        },
        main: everything,
      });
      expect(await deliver(url, seekPass.webhooks.event('vwsp_request.verified'))).toBe(204);
      expect(await deliver(url, seekPass.webhooks.event('vwsp_request.verified', {}, 'tampered'))).toBe(400);
      const page = await fetch(`${url}/claim/unknown`);
      expect(page.status).toBe(404);
      expect(await page.text()).toContain('Example University');
      expect(page.headers.get('x-meddled')).toBeNull();
      expect(page.headers.get('x-permitted-cross-domain-policies')).toBeNull();
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      // Not a preflight of the application either: our pages have no cross-origin callers.
      const preflight = await fetch(`${url}/claim/unknown`, {
        method: 'OPTIONS',
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      });
      expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
    });

    test('the routes of the application are as they were', async () => {
      const seekPass = await openSeekPass();
      const { url } = await openApp({
        adapter: adapter(),
        madeBy,
        registrations: [seekPass.options()],
        module: { controllers: [AnythingController] },
        main: (app) => app.use(meddling),
      });
      const page = await fetch(`${url}/somewhere`);
      expect(await page.text()).toBe('the single page of the application');
      expect(page.headers.get('x-meddled')).toBe('yes');
      const order = await fetch(`${url}/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"one":1}',
      });
      expect(await order.json()).toEqual({ one: 1 });
      expect((await fetch(`${url}/claims/1`)).headers.get('x-meddled')).toBe('yes');
    });
  });

  test('security rule 23: a webhook of 65 KiB gets 413, and the database is not asked', async () => {
    const seekPass = await openSeekPass();
    const { options, calls } = counted(seekPass.options());
    const { url } = await openApp({
      adapter: adapter(),
      registrations: [options],
      options: { rawBody: true },
    });
    const before = calls();
    const big = { ...seekPass.webhooks.event('vwsp_request.verified'), body: 'x'.repeat(65 * 1_024) };
    expect(await deliver(url, big)).toBe(413);
    const streamed = await fetch(`${url}/webhooks/seek-pass`, {
      method: 'POST',
      body: new Blob([big.body]).stream(),
      duplex: 'half',
    });
    expect(streamed.status).toBe(413);
    expect(await deliver(url, seekPass.webhooks.event('vwsp_request.verified', {}, 'wrong'))).toBe(400);
    expect(calls()).toBe(before);
    expect(await deliver(url, seekPass.webhooks.event('vwsp_request.verified'))).toBe(204);
    expect(calls()).toBeGreaterThan(before);
  });

  test('any content type, HEAD and other methods are answered by the flows', async () => {
    const seekPass = await openSeekPass();
    const { url } = await openApp({ adapter: adapter(), registrations: [seekPass.options()] });
    for (const type of ['text/plain', 'application/cloudevents+json', 'multipart/form-data', 'nonsense']) {
      const event = seekPass.webhooks.event('vwsp_request.verified');
      expect(await deliver(url, event, { 'content-type': type })).toBe(204);
    }
    const zipped = await fetch(`${url}/webhooks/seek-pass`, {
      method: 'POST',
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync('{}'),
    });
    expect(zipped.status).toBe(415);
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const answer = await fetch(`${url}/webhooks/seek-pass`, { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    }
    const head = await fetch(`${url}/claim/unknown`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([404, '']);
  });

  test('several registrations share one door: the longest path wins, and one path cannot belong to two', async () => {
    const seekPass = await openSeekPass();
    const at = (name: string, path: string): SeekPassModuleOptions & { name: string } => ({
      name,
      ...seekPass.options({
        brand: { name: `University ${name}` },
        addFlow: { claimBaseUrl: `https://portal.example.edu${path}` },
        verifyFlow: { callbackBaseUrl: `https://portal.example.edu/${name}/verify` },
        webhooks: { receiverUrl: `https://portal.example.edu/${name}/webhooks` },
      }),
    });
    const { url } = await openApp({
      adapter: adapter(),
      registrations: [at('science', '/claim'), at('hr', '/claim/hr')],
    });
    expect(await (await fetch(`${url}/claim/hr/unknown`)).text()).toContain('University hr');
    expect(await (await fetch(`${url}/claim/unknown`)).text()).toContain('University science');
    await expect(
      openApp({ adapter: adapter(), registrations: [at('science', '/claim'), at('hr', '/claim')] }),
    ).rejects.toThrow(
      "SeekPassModule 'hr': /claim is served by SeekPassModule 'science' already: give each of the two a path of its own.",
    );
    const testing = await makeApp({
      adapter: adapter(),
      madeBy: 'a testing module',
      registrations: [at('science', '/claim'), at('hr', '/claim')],
    });
    await expect(testing.init()).rejects.toThrow("/claim is served by SeekPassModule 'science' already");
  });
});

test('an Express instance of the application that parses bodies before Nest has it comes after our paths', async () => {
  const seekPass = await openSeekPass();
  const instance = express();
  instance.use(express.json());
  const { url } = await openApp({
    adapter: new ExpressAdapter(instance),
    registrations: [seekPass.options()],
    options: { bodyParser: false },
  });
  expect(await deliver(url, seekPass.webhooks.event('vwsp_request.verified'))).toBe(204);
});

test('inside another Express application our paths are those that browsers send', async () => {
  const seekPass = await openSeekPass();
  const app = await makeApp({
    adapter: new ExpressAdapter(),
    registrations: [
      seekPass.options({ addFlow: { claimBaseUrl: 'https://portal.example.edu/credentials/claim' } }),
    ],
  });
  await app.init();
  const outer = express();
  outer.use('/credentials', app.getHttpAdapter().getInstance());
  const server = outer.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const page = await fetch(`http://127.0.0.1:${port}/credentials/claim/unknown`);
  expect(await page.text()).toContain('Example University');
});

test('Express without layers that can be reached is refused at the start, with the reason', async () => {
  const seekPass = await openSeekPass();
  const instance = Object.assign(express(), { use: () => undefined });
  Object.defineProperty(instance, 'router', { value: undefined });
  await expect(
    openApp({ adapter: new ExpressAdapter(instance), registrations: [seekPass.options()] }),
  ).rejects.toThrow("SeekPassModule 'default': the layers of this Express application cannot be reached");
});

test('another kind of HTTP adapter is refused at the start, naming those that do', async () => {
  const seekPass = await openSeekPass();
  const adapter = Object.assign(new ExpressAdapter(), { getType: () => 'hyper' });
  await expect(openApp({ adapter, registrations: [seekPass.options()] })).rejects.toThrow(
    'cannot be mounted in an HTTP adapter of type "hyper": use that of @nestjs/platform-express or @nestjs/platform-fastify',
  );
});

describe('Fastify', () => {
  test.each(makings)('answers inject(), made by %s', async (madeBy) => {
    const seekPass = await openSeekPass();
    const app = await makeApp({
      adapter: new FastifyAdapter(),
      madeBy,
      registrations: [seekPass.options()],
      main: (made) => made.use(meddling),
    });
    await app.init();
    const { headers, body: payload } = seekPass.webhooks.event('vwsp_request.verified');
    const answer = await (app as NestFastifyApplication).inject({
      method: 'POST',
      url: '/webhooks/seek-pass',
      headers,
      payload,
    });
    expect([answer.statusCode, answer.headers['x-meddled']]).toEqual([204, undefined]);
    const page = await (app as NestFastifyApplication).inject('/claim/unknown');
    expect(page.body).toContain('Example University');
  });

  test('answers on every address that localhost is, without middleware of Nest too', async () => {
    const seekPass = await openSeekPass();
    const app = await makeApp({
      adapter: new FastifyAdapter({ skipMiddie: true }),
      registrations: [seekPass.options()],
    });
    await app.listen(0, 'localhost');
    const { port } = new URL(await app.getUrl());
    for (const host of ['127.0.0.1', 'localhost']) {
      expect((await fetch(`http://${host}:${port}/claim/unknown`)).status).toBe(404);
      expect(await deliver(`http://${host}:${port}`, seekPass.webhooks.event('vwsp_request.verified'))).toBe(
        204,
      );
    }
  });
});

test('a route of the application with our path stops the start of Fastify', async () => {
  @Controller('claim')
  class OwnClaims {
    @Get()
    page(): string {
      return 'claims for expenses';
    }
  }
  const seekPass = await openSeekPass();
  const module = { controllers: [OwnClaims] };
  await expect(
    openApp({ adapter: new FastifyAdapter(), registrations: [seekPass.options()], module }),
  ).rejects.toThrow("Method 'GET' already declared for route '/claim'");
});

describe('without an HTTP server', () => {
  test('nothing is mounted, and the log says so once', async () => {
    const seekPass = await openSeekPass();
    const lines: unknown[] = [];
    const write = (line: unknown): void => void lines.push(line);
    const logger = { log: write, warn: write, error: write, debug: write };
    const context = await NestFactory.createApplicationContext(
      SeekPassModule.forRoot({ ...seekPass.options(), logger }),
      { logger: false },
    );
    await context.close();
    expect(lines.filter((line) => JSON.stringify(line).includes('not_served'))).toEqual([
      { event: 'not_served', route: ['/claim', '/verify', '/webhooks/seek-pass'] },
    ]);
  });
});

/** Options whose store counts what is asked of it. */
function counted({ store, ...options }: SeekPassModuleOptions): {
  readonly options: SeekPassModuleOptions;
  readonly calls: () => number;
} {
  const { thing, calls } = countedCalls(store ?? {});
  return { options: { ...options, store: thing as Store }, calls };
}
