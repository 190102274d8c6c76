import { createServer } from 'node:http';
import { Controller, Get } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import express from 'express';
import { describe, expect, onTestFinished, test } from 'vitest';
import { adapters, openApp, openSeekPass } from '../http/open-app.ts';
import { inboxOnly, send } from './deliveries.ts';

@Controller()
class HomeController {
  @Get('home')
  home(): string {
    return 'home';
  }
}

describe.each(adapters)('on %s', (_name, adapter) => {
  test('webhooks are answered before the framework sees them; all else reaches it, once', async () => {
    const seekPass = await openSeekPass();
    const seen: string[] = [];
    const { url, app } = await openApp({
      adapter: adapter(),
      registrations: [
        inboxOnly(seekPass),
        {
          name: 'hr',
          ...inboxOnly(seekPass, { webhooks: { receiverUrl: 'https://portal.example.edu/hr/webhooks' } }),
        },
      ],
      module: { controllers: [HomeController] },
      main: (made) => {
        // What is given the server before our module is: the framework itself, and what watches beside it.
        made.getHttpServer().on('request', ({ url: path }: { readonly url: string }) => seen.push(path));
      },
    });
    const sent = { url, secret: seekPass.webhooks.secret, at: seekPass.clock.now() };
    expect(await send(sent)).toBe(204);
    expect(await send({ ...sent, path: '/hr/webhooks' })).toBe(204);
    expect(seen).toEqual([]);
    expect(await send({ ...sent, path: '/webhooks/seek-pass?a=b' })).toBe(204);
    expect(await send({ ...sent, path: '/webhooks/seek-pass/more' })).toBe(404);
    expect(await (await fetch(`${url}/home`)).text()).toBe('home');
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    expect(seen.at(-2)).toBe('/home');
    expect(seen).toHaveLength(4);
    expect(app.getHttpServer().listenerCount('request')).toBe(1);
  });
});

test('an application that another server serves answers webhooks all the same', async () => {
  const seekPass = await openSeekPass();
  const instance = express();
  const { app } = await openApp({
    adapter: new ExpressAdapter(instance),
    registrations: [inboxOnly(seekPass)],
  });
  const server = createServer(instance);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const sent = { url, secret: seekPass.webhooks.secret, at: seekPass.clock.now() };
  expect(await send(sent)).toBe(204);
  expect(app).toBeDefined();
});
