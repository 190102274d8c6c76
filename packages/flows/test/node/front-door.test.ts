import { createServer } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { createFrontDoor, type FrontDoor, type MountedRoute } from '../../src/node/front-door.ts';
import type { WebHandler } from '../../src/node/node-listener.ts';
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
