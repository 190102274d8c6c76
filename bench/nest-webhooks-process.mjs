/**
 * A Nest application that takes webhooks, in a process of its own: `bare` reads the raw body in a route and does nothing with it; `relay`
 * is the receiver without an inbox; `inbox` stores over PostgreSQL; `slow` does too, and has a handler that takes 30 seconds. Sends its port;
 * answers `cpuMs` with the CPU that it used so far, and `handled` with how many events handlers were given.
 */
import { Controller, HttpCode, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { generateKeyRing } from '@seek-pass-kit/flows';
import { OnSeekPassEvent, SeekPassModule } from '@seek-pass-kit/nestjs-module';

const [platform, kind, secret, connectionString] = process.argv.slice(2);
const path = '/webhooks/seek-pass';
let handled = 0;

/** What TypeScript writes `@decorator` for. */
function decorate(decorator, type, method) {
  decorator(type.prototype, method, Object.getOwnPropertyDescriptor(type.prototype, method));
}

class BareController {
  take(request) {
    if (!Buffer.isBuffer(request.rawBody)) throw new Error('The body is not raw.');
  }
}
Controller()(BareController);
decorate(Post(path), BareController, 'take');
decorate(HttpCode(204), BareController, 'take');
Req()(BareController.prototype, 'take', 0);

class Listener {
  async hear() {
    handled += 1;
    if (kind === 'slow') await new Promise((resolve) => setTimeout(resolve, 30_000));
  }
}
decorate(OnSeekPassEvent('vwsp_request.verified'), Listener, 'hear');

const client = {
  environment: 'sandbox',
  baseUrl: 'http://127.0.0.1:4010',
  clientId: 'sandbox-bench',
  clientSecret: 'bench-secret-of-the-sandbox',
  logger: false,
};
const webhooks = { receiverUrl: `http://127.0.0.1:4020${path}`, secrets: secret };
const modules = {
  bare: () => ({ controllers: [BareController] }),
  relay: () => ({
    imports: [
      SeekPassModule.forRoot({
        ...client,
        webhooks: {
          ...webhooks,
          withoutInbox: 'events_that_onEvent_does_not_store_are_lost',
          onEvent: async () => void (handled += 1),
        },
      }),
    ],
  }),
  inbox: () => ({
    imports: [
      SeekPassModule.forRoot({
        ...client,
        webhooks,
        store: { postgres: { connectionString, schema: `${platform}_${kind}` } },
        keys: generateKeyRing(),
        ...(kind === 'slow' ? {} : { worker: false }),
      }),
    ],
    providers: [Listener],
  }),
};

function AppModule() {}
Module((modules[kind] ?? modules.inbox)())(AppModule);
const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
const app = await NestFactory.create(AppModule, adapter, {
  logger: false,
  abortOnError: false,
  rawBody: kind === 'bare',
});
await app.listen(0, '127.0.0.1');

const tasks = {
  cpuMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
  handled: () => handled,
};
process.on('message', (task) => process.send?.(tasks[task]()));
process.on('disconnect', () => process.exit(0));
process.send?.({ port: Number(new URL(await app.getUrl()).port) });
