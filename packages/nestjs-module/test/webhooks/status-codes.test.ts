import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { sign } from '@seek-pass-kit/core/webhooks';
import { createMemoryStore, type Inbox, StoreUnavailable } from '@seek-pass-kit/flows';
import { describe, expect, test } from 'vitest';
import { getInboxToken } from '../../src/index.ts';
import { adapters, openApp, openSeekPass } from '../http/open-app.ts';
import { inboxOnly, logInto, send, stranger, withoutSecret } from './deliveries.ts';

const path = '/webhooks/seek-pass';

describe.each(adapters)('on %s', (_name, adapter) => {
  async function open() {
    const seekPass = await openSeekPass();
    const lines: unknown[] = [];
    const options = { ...inboxOnly(seekPass), logger: logInto(lines) };
    const { url, app } = await openApp({ adapter: adapter(), registrations: [options] });
    lines.length = 0;
    return { seekPass, url, app, lines, at: seekPass.clock.now(), secret: seekPass.webhooks.secret };
  }

  type Opened = Awaited<ReturnType<typeof open>>;

  const eventOf = (change: object = {}) =>
    JSON.stringify({
      event_id: randomUUID(),
      request_id: 'request-1',
      type: 'vwsp_request.verified',
      created_at: '2026-03-02T09:00:00Z',
      ...change,
    });
  const signedBy = (
    { at, secret }: Pick<Opened, 'at' | 'secret'>,
    body: string | Uint8Array,
    shiftSeconds = 0,
  ) => ({
    ...sign({ body, secret, timestamp: Math.floor(at / 1_000) + shiftSeconds }),
  });
  const post = (opened: Opened, body: string, headers: Record<string, string>) =>
    fetch(opened.url + path, { method: 'POST', body, headers });

  test('204: an event that SEEK Pass signed, and the same again', async () => {
    const opened = await open();
    const body = eventOf();
    for (const outcome of ['stored', 'duplicate']) {
      const answer = await post(opened, body, signedBy(opened, body));
      expect([answer.status, await answer.text()]).toEqual([204, '']);
      expect(opened.lines.at(-1)).toEqual({ event: 'webhook', outcome, formerSecret: false });
    }
  });

  test.each<[status: number, reason: string, what: string, make: (opened: Opened) => Promise<Response>]>([
    [400, 'missing_header', 'no signature', (o) => post(o, eventOf(), {})],
    [
      400,
      'duplicate_header',
      'two signatures',
      (o) => post(o, eventOf(), { 'x-timestamp': '1', 'x-signature': 'a, b' }),
    ],
    [
      400,
      'bad_timestamp',
      'a time that is none',
      (o) => post(o, eventOf(), { 'x-timestamp': 'now', 'x-signature': 'ab' }),
    ],
    [400, 'too_old', 'signed too long ago', (o) => post(o, 'x', signedBy(o, 'x', -901))],
    [400, 'too_new', 'signed too far ahead', (o) => post(o, 'x', signedBy(o, 'x', 902))],
    [
      400,
      'bad_signature',
      'the secret of somebody else',
      (o) => post(o, 'x', signedBy({ ...o, secret: stranger }, 'x')),
    ],
    [
      400,
      'bad_signature',
      'a signature that is no hex',
      (o) => post(o, 'x', { ...signedBy(o, 'x'), 'x-signature': 'nothing' }),
    ],
    [400, 'bad_signature', 'another body than the signed one', (o) => post(o, 'y', signedBy(o, 'x'))],
    [400, 'bad_payload', 'no JSON', (o) => post(o, 'x', signedBy(o, 'x'))],
    [400, 'bad_payload', 'an empty body', (o) => post(o, '', signedBy(o, ''))],
    [
      400,
      'bad_payload',
      'an event without an id',
      (o) => {
        const body = eventOf({ event_id: undefined });
        return post(o, body, signedBy(o, body));
      },
    ],
    [404, 'wrong_path', 'a path below', (o) => fetch(`${o.url}${path}/more`, { method: 'POST', body: 'x' })],
    [
      404,
      'wrong_path',
      'other capitals',
      (o) => fetch(o.url + path.toUpperCase(), { method: 'POST', body: 'x' }),
    ],
    [405, 'wrong_method', 'PUT', (o) => fetch(o.url + path, { method: 'PUT', body: 'x' })],
    [405, 'wrong_method', 'GET', (o) => fetch(o.url + path)],
    [413, 'too_large', 'a long body', (o) => post(o, 'x'.repeat(65_537), signedBy(o, 'x'.repeat(65_537)))],
    [
      415,
      'encoded',
      'a body that is zipped',
      (o) => {
        const body = gzipSync(eventOf());
        const headers = { ...signedBy(o, body), 'content-encoding': 'gzip' };
        return fetch(o.url + path, { method: 'POST', body: new Uint8Array(body), headers });
      },
    ],
  ])('%i %s: %s', async (status, reason, _what, make) => {
    const opened = await open();
    const answer = await make(opened);
    expect([answer.status, await answer.text()]).toEqual([status, '']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('allow')).toBe(status === 405 ? 'POST' : null);
    expect(opened.lines).toEqual([{ event: 'webhook', outcome: 'refused', reason }]);
    const inbox = opened.app.get<Inbox>(getInboxToken(), { strict: false });
    expect(await inbox.counts()).toEqual({ waiting: 0, parked: 0, dead: 0 });
  });

  test('a body that is broken off is stored by nobody, and the next one is', async () => {
    const opened = await open();
    const { port } = new URL(opened.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 200\r\n\r\nhalf of it`, () => {
          socket.destroy();
          resolve();
        });
      });
    });
    expect(await send(opened)).toBe(204);
    await expect
      .poll(() => opened.lines)
      .toContainEqual({ event: 'webhook', outcome: 'refused', reason: 'body_not_raw' });
  });

  test('503: no secret is known', async () => {
    const seekPass = await openSeekPass();
    const lines: unknown[] = [];
    const options = { ...withoutSecret(inboxOnly(seekPass)), logger: logInto(lines) };
    const { url } = await openApp({ adapter: adapter(), registrations: [options] });
    expect(lines).toEqual([{ event: 'webhook_endpoint', outcome: 'no_secret', route: path }]);
    expect(await send({ url, secret: stranger, at: seekPass.clock.now() })).toBe(503);
    expect(lines.at(-1)).toEqual({ event: 'webhook', outcome: 'unavailable', reason: 'no_secret' });
  });

  test('503: the store is away; and 204 when it is back', async () => {
    const seekPass = await openSeekPass();
    const lines: unknown[] = [];
    const store = createMemoryStore();
    const transaction = store.transaction.bind(store);
    const options = { ...inboxOnly(seekPass, { store }), logger: logInto(lines) };
    const { url } = await openApp({ adapter: adapter(), registrations: [options] });
    const sent = {
      url,
      at: seekPass.clock.now(),
      secret: seekPass.webhooks.secret,
      event: { event_id: 'event-1' },
    };
    Object.assign(store, {
      transaction: () => Promise.reject(new StoreUnavailable('The database did not answer.')),
    });
    expect(await send(sent)).toBe(503);
    expect(lines.at(-1)).toEqual({ event: 'webhook', outcome: 'unavailable', reason: 'store' });
    Object.assign(store, { transaction });
    expect(await send(sent)).toBe(204);
  });

  test('503: the secret is being rotated, and what fits none may fit the next one', async () => {
    const seekPass = await openSeekPass();
    const lines: unknown[] = [];
    const options = {
      ...inboxOnly(seekPass, { webhooks: { refreshMs: 20 } }),
      logger: logInto(lines),
    };
    const { url, app } = await openApp({ adapter: adapter(), registrations: [options] });
    const inbox = app.get<Inbox>(getInboxToken(), { strict: false });
    await inbox.createEndpoint({ who: 'staff-7' });
    const sent = { url, at: seekPass.clock.now(), secret: stranger };
    expect(await send(sent)).toBe(400);
    const rotating = inbox.rotateSecret({ who: 'staff-7' });
    await expect.poll(() => send(sent)).toBe(503);
    expect(lines.at(-1)).toEqual({ event: 'webhook', outcome: 'quarantined' });
    expect(await send({ ...sent, secret: seekPass.webhooks.secret })).toBe(204);
    await seekPass.advance({ seconds: 1 });
    expect(await rotating).toMatchObject({ outcome: 'rotated' });
  });
});
