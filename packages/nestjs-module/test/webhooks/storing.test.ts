import { createMemoryStore, type Inbox, type InboxEventRow } from '@seek-pass-kit/flows';
import { describe, expect, test } from 'vitest';
import { getInboxToken } from '../../src/index.ts';
import { adapters, openApp, openSeekPass } from '../http/open-app.ts';
import { gate, inboxOnly, send } from './deliveries.ts';

describe.each(adapters)('on %s', (_name, adapter) => {
  test('nothing is answered before the event is stored', async () => {
    const seekPass = await openSeekPass();
    const store = createMemoryStore();
    const { opened, open } = gate();
    const transaction = store.transaction.bind(store);
    const begun: string[] = [];
    const options = inboxOnly(seekPass, { store });
    const { url } = await openApp({ adapter: adapter(), registrations: [options] });
    Object.assign(store, {
      async transaction(work: Parameters<typeof transaction>[0]) {
        begun.push('storing');
        await opened;
        return transaction(work);
      },
    });
    const event = { event_id: 'event-1' };
    const sent = { url, at: seekPass.clock.now(), secret: seekPass.webhooks.secret, event };
    const answer = send(sent);
    await expect.poll(() => begun).toEqual(['storing']);
    const early = new Promise((resolve) => setTimeout(() => resolve('nothing yet'), 50));
    expect(await Promise.race([answer, early])).toBe('nothing yet');
    expect(await store.read.inboxEvent('default', 'event-1')).toBeUndefined();
    open();
    expect(await answer).toBe(204);
    expect(await store.read.inboxEvent('default', 'event-1')).toBeDefined();
  });

  test('an event that comes often and in any order is stored once', async () => {
    const seekPass = await openSeekPass();
    const store = createMemoryStore();
    const options = inboxOnly(seekPass, { store });
    const { url, app } = await openApp({ adapter: adapter(), registrations: [options] });
    const sent = { url, at: seekPass.clock.now(), secret: seekPass.webhooks.secret };
    const order = [3, 1, 2, 1, 3, 3, 2, 1];
    const answers = await Promise.all(
      order.map((n) => send({ ...sent, event: { event_id: `event-${n}`, request_id: `request-${n}` } })),
    );
    expect(new Set(answers)).toEqual(new Set([204]));
    const stored = await Promise.all([1, 2, 3].map((n) => store.read.inboxEvent('default', `event-${n}`)));
    expect(stored.map((row: InboxEventRow | undefined) => row?.requestId)).toEqual([
      'request-1',
      'request-2',
      'request-3',
    ]);
    expect(await app.get<Inbox>(getInboxToken(), { strict: false }).counts()).toMatchObject({ dead: 0 });
  });

  test('two registrations: each takes what its own secret signed, at its own path', async () => {
    const seekPass = await openSeekPass();
    const store = createMemoryStore();
    const secrets = { hr: 'a1'.repeat(32), science: 'b2'.repeat(32) };
    const at = (name: 'hr' | 'science') => ({
      name,
      ...inboxOnly(seekPass, {
        store,
        webhooks: { receiverUrl: `https://portal.example.edu/${name}/webhooks`, secrets: secrets[name] },
      }),
    });
    const { url } = await openApp({ adapter: adapter(), registrations: [at('hr'), at('science')] });
    const to = (path: 'hr' | 'science', by: 'hr' | 'science', id: string) =>
      send({
        url,
        path: `/${path}/webhooks`,
        at: seekPass.clock.now(),
        secret: secrets[by],
        event: { event_id: id },
      });
    expect(await to('hr', 'hr', 'event-1')).toBe(204);
    expect(await to('science', 'science', 'event-2')).toBe(204);
    expect(await to('hr', 'science', 'event-3')).toBe(400);
    expect(await to('science', 'hr', 'event-4')).toBe(400);
    expect(await store.read.inboxEvent('hr', 'event-1')).toMatchObject({ issuer: 'hr' });
    expect(await store.read.inboxEvent('science', 'event-2')).toMatchObject({ issuer: 'science' });
    expect(await store.read.inboxEvent('science', 'event-1')).toBeUndefined();
  });
});
