import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { FrontDoor } from '@seek-pass-kit/flows/node';
import type express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { mountInExpress } from '../../src/http/mount-in-express.ts';

/** The Express that a NestJS has. */
function expressOf(fixture: string): typeof express {
  const nest = createRequire(new URL(`../../fixtures/${fixture}/package.json`, import.meta.url));
  return createRequire(nest.resolve('@nestjs/platform-express'))('express') as typeof express;
}

test.each([
  ['4', 'nest-10'],
  ['5', 'nest-12'],
])(
  'in Express %s the door comes before earlier layers, with requests as middleware of Express knows them',
  async (version, fixture) => {
    const anExpress = expressOf(fixture);
    const app = anExpress();
    app.use((_request, response) => void response.status(500).end('an earlier layer'));
    const seen: unknown[] = [];
    const door: Pick<FrontDoor, 'take'> = {
      take(incoming, outgoing) {
        const { get } = incoming as IncomingMessage & { get?: unknown };
        const { cookie } = outgoing as typeof outgoing & { cookie?: unknown };
        seen.push(typeof get, typeof cookie);
        outgoing.end('the door');
        return true;
      },
    };
    mountInExpress(app as never, door);
    const server = app.listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(await answer.text()).toBe('the door');
    expect(seen).toEqual(['function', 'function']);
    expect('lazyrouter' in app).toBe(version === '4');
  },
);
