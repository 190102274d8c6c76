import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { adapters, openApp, openSeekPass } from './open-app.ts';

/** Webhooks are answered before Express and Fastify, and in them when there is a query. */
describe.each(['/webhooks/seek-pass', '/webhooks/seek-pass?in=the-framework'])('%s', (path) => {
  test.each(adapters)(
    'in front of %s a request that is on is answered when the application ends, and a kept connection does not hold up the end',
    async (_name, adapter) => {
      const seekPass = await openSeekPass();
      const { app, url } = await openApp({ adapter: adapter(), registrations: [seekPass.options()] });
      // Whoever kept its connection open would keep the application waiting for as long.
      (app.getHttpServer() as Server).keepAliveTimeout = 600_000;
      const { headers, body } = seekPass.webhooks.event('vwsp_request.verified');
      const lines = Object.entries({ ...headers, host: 'portal.example.edu', 'content-length': body.length });
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      await once(socket, 'connect');
      const answer = text(socket);
      const head = `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
      const arrived = once(app.getHttpServer() as Server, 'request');
      socket.write(head + body.slice(0, 10));
      await arrived;
      const closed = app.close();
      // Now the application has begun to end, and the rest of the request comes.
      await new Promise((resolve) => setImmediate(resolve));
      socket.write(body.slice(10));
      await closed;
      expect(await answer).toMatch(/^HTTP\/1\.1 204 [^]*\r\nconnection: close\r\n/i);
    },
  );
});
