import { createServer } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { createFrontDoor, type FrontDoor, type MountedRoute } from '../../src/node/front-door.ts';
import type { WebHandler } from '../../src/node/node-listener.ts';
import { handlerOfPlain } from '../../src/plain-request.ts';
import { listen, send, sendRaw } from './http-probe.ts';

const origin = 'https://portal.example.edu';
const token = 'q'.repeat(43);

/** Says by whom and under which URL a request was answered. */
const answering =
  (name: string): WebHandler =>
  async ({ url }) =>
    new Response(`${name} ${url}`);

const route = (path: string, name = path): MountedRoute => ({ path, origin, handler: answering(name) });

/** A server of somebody else's behind a door. `later`: what its own log writes at the end of a request. */
async function behind(door: FrontDoor) {
  const later: string[] = [];
  const port = await listen(
    createServer((incoming, outgoing) => {
      outgoing.once('close', () => later.push(incoming.url ?? ''));
      if (!door.take(incoming, outgoing)) outgoing.writeHead(404).end('theirs');
    }),
  );
  return { port, later };
}

describe('the front door', () => {
  test('answers under its paths, and leaves all others to the server it is in', async () => {
    const door = createFrontDoor();
    door.open({ name: 'hr' }, [route('/claim')]);
    const { port } = await behind(door);
    for (const path of ['/claim', '/claim/a/b?c=d', '/claim?e']) {
      expect((await send(port, path)).body).toBe(`/claim ${origin}${path}`);
    }
    for (const path of ['/', '/claims', '/clai', '/x/claim', '/?/claim/a']) {
      expect((await send(port, path)).body).toBe('theirs');
    }
  });

  test('of two paths the longer one wins, in whichever order they came', async () => {
    const door = createFrontDoor();
    door.open({ name: 'hr' }, [route('/claim/documents')]);
    door.open({ name: 'science' }, [route('/claim'), route('/claim/documents/old')]);
    const { port } = await behind(door);
    expect((await send(port, '/claim/documents/1')).body).toMatch(/^\/claim\/documents /);
    expect((await send(port, '/claim/documents/old/1')).body).toMatch(/^\/claim\/documents\/old /);
    expect((await send(port, '/claim/documentation')).body).toMatch(/^\/claim /);
  });

  test('a path that is served already is refused, naming by whom; then nothing of the second one is served', async () => {
    const door = createFrontDoor();
    door.open({ name: "SeekPassModule 'hr'" }, [route('/claim')]);
    expect(() =>
      door.open({ name: "SeekPassModule 'science'" }, [route('/verify'), route('/Claim')]),
    ).toThrow("/Claim is served by SeekPassModule 'hr' already: give each of the two a path of its own.");
    expect(() => door.open({ name: 'x' }, [route('/a'), route('/a')])).toThrow(
      '/a is served by x already: give each of the two a path of its own.',
    );
    const { port } = await behind(door);
    expect((await send(port, '/verify/a')).body).toBe('theirs');
  });

  test('a path that would swallow the whole server is refused', () => {
    for (const path of ['', '/', 'claim', '/claim/', '/claim/:id', '/*']) {
      expect(() => createFrontDoor().open({ name: 'hr' }, [route(path)])).toThrow('write it like /claim');
    }
  });

  test('security rule 5: whatever the server logs at the end of a request holds no token', async () => {
    const door = createFrontDoor();
    door.open({ name: 'hr' }, [route('/claim'), route('/webhooks/seek-pass')]);
    const { port, later } = await behind(door);
    for (const path of [
      `/claim/award/${token}`,
      `/claim/award?token=${token}`,
      `//claim//award/${token}`,
      `/CLAIM/award/${token}`,
      `/%63laim/award/${token}`,
      `http://elsewhere.example/claim/award/${token}`,
      `/claim/award/${token}%`,
    ]) {
      expect((await send(port, path)).body).not.toBe('theirs');
      expect(`${path} ${later.pop()}`).toBe(`${path} /claim/[redacted]`);
    }
    await send(port, '/webhooks/seek-pass');
    expect(later.pop()).toBe('/webhooks/seek-pass');
  });

  test('told to drain, it ends its connections: also that of an answer which is on', async () => {
    const door = createFrontDoor();
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const arrived = vi.fn<() => void>();
    const handler: WebHandler = async () => {
      arrived();
      await held;
      return new Response('whole');
    };
    door.open({ name: 'hr' }, [{ path: '/claim', origin, handler }]);
    const { port } = await behind(door);
    // Comes back when the server has ended the connection, which it would keep for seconds otherwise.
    const answer = sendRaw(port, 'GET /claim/a HTTP/1.1\r\nhost: a\r\n\r\n');
    await vi.waitFor(() => expect(arrived).toHaveBeenCalled());
    door.drain();
    go();
    expect(await answer).toMatch(/connection: close[^]*whole/i);
    expect(await sendRaw(port, 'GET /claim/a HTTP/1.1\r\nhost: a\r\n\r\n')).toMatch(/connection: close/i);
  });
});

test('takes early what a stricter router would not know, and leaves the rest for later', async () => {
  const door = createFrontDoor();
  door.open({ name: 'hr' }, [route('/claim')]);
  const later: string[] = [];
  const port = await listen(
    createServer((incoming, outgoing) => {
      if (door.takeMangled(incoming, outgoing)) return;
      later.push(`${incoming.method} ${incoming.url}`);
      outgoing.end('later');
    }),
  );
  const mangled = [
    '//claim/a',
    '/claim//a',
    '/Claim/a',
    '/%63laim/a',
    '/claim%2fa',
    '/claim/a%',
    '/claim/%41',
  ];
  for (const path of mangled) expect((await send(port, path)).body).toMatch(/^\/claim /);
  expect((await send(port, '/claim/a', { method: 'PUT' })).body).toMatch(/^\/claim /);
  expect(later).toEqual([]);
  const plain = ['/claim', '/claim/a-_.~/b?c=%41//', '/claims//a', '//elsewhere', '/%41'];
  for (const path of plain) expect((await send(port, path)).body).toBe('later');
  expect((await send(port, '/claim/a', { method: 'POST' })).body).toBe('later');
});

describe('a request whose body does not come', () => {
  const head = (path: string) =>
    `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\nContent-Type: text/plain\r\n\r\n{`;
  const read: WebHandler = async (request) => new Response(await request.text());
  const readPlainly = handlerOfPlain(async (request) => {
    const body = await request.body(65_536);
    return { status: body === undefined ? 413 : 204, headers: {} };
  });

  test.each([
    ['by a handler of pages', read],
    ['by a webhook receiver', readPlainly],
  ])('is ended with 408 when it was waited for %s, and nobody is told of a fault', async (_by, handler) => {
    const onError = vi.fn<(error: unknown) => void>();
    const door = createFrontDoor({ requestMs: 50 });
    door.open({ name: 'hr', onError }, [{ path: '/in', origin, handler }]);
    const { port } = await behind(door);
    expect(await sendRaw(port, head('/in'))).toMatch(/^HTTP\/1\.1 408 [^]*\r\nconnection: close\r\n/i);
    expect(onError).not.toHaveBeenCalled();
  });

  test('loses its connection when it was answered without its body', async () => {
    const door = createFrontDoor({ requestMs: 50 });
    door.open({ name: 'hr' }, [route('/in')]);
    const { port } = await behind(door);
    expect(await sendRaw(port, head('/in'))).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('costs nobody else anything: what came whole is answered, however long that takes', async () => {
    const door = createFrontDoor({ requestMs: 50 });
    const slow: WebHandler = async (request) => {
      const body = await request.text();
      await new Promise((resolve) => setTimeout(resolve, 150));
      return new Response(body);
    };
    door.open({ name: 'hr' }, [{ path: '/in', origin, handler: slow }]);
    const { port } = await behind(door);
    expect(await send(port, '/in', { method: 'POST', body: 'all' })).toMatchObject({
      status: 200,
      body: 'all',
    });
  });
});
