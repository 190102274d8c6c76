import type { InboxEvent } from '@seek-pass-kit/flows';
import { describe, expect, test } from 'vitest';
import { getInboxToken, type RelaySettings } from '../../src/index.ts';
import type { SeekPassModuleOptions } from '../../src/seek-pass-module-options.ts';
import type { TestSeekPass } from '../../src/testing/index.ts';
import { adapters, openApp, openSeekPass } from '../http/open-app.ts';
import { gate, logInto, send, stranger } from './deliveries.ts';

const withoutInbox = 'events_that_onEvent_does_not_store_are_lost';

/** The client and a receiver: no store, no keys. */
function relayOptions(seekPass: TestSeekPass, change: Partial<RelaySettings>): SeekPassModuleOptions {
  const {
    addFlow: _add,
    claimPages: _pages,
    verifyFlow: _verify,
    webhooks: _inbox,
    ...options
  } = seekPass.options();
  const { store: _store, keys: _keys, brand: _brand, ...client } = options;
  return {
    ...client,
    logger: false,
    webhooks: {
      withoutInbox,
      receiverUrl: 'https://portal.example.edu/webhooks/seek-pass',
      secrets: seekPass.webhooks.secret,
      onEvent: async () => undefined,
      ...change,
    },
  };
}

describe.each(adapters)('a receiver without an inbox, on %s', (_name, adapter) => {
  async function open(change: Partial<RelaySettings>) {
    const seekPass = await openSeekPass();
    const lines: unknown[] = [];
    const options = { ...relayOptions(seekPass, change), logger: logInto(lines) };
    const { url, app } = await openApp({ adapter: adapter(), registrations: [options] });
    return { url, app, lines, at: seekPass.clock.now(), secret: seekPass.webhooks.secret };
  }

  test('hands each event on, once, and answers 204', async () => {
    const queued: InboxEvent[] = [];
    const opened = await open({ onEvent: async (event) => void queued.push(event) });
    const event = { event_id: 'event-1', request_id: 'request-1' };
    for (let n = 0; n < 3; n += 1) expect(await send({ ...opened, event })).toBe(204);
    expect(await send({ ...opened, secret: stranger })).toBe(400);
    expect(queued).toMatchObject([{ issuer: 'default', eventId: 'event-1', requestId: 'request-1' }]);
    expect(opened.lines).toEqual([
      { event: 'webhook', outcome: 'stored', formerSecret: false },
      { event: 'webhook', outcome: 'duplicate', formerSecret: false },
      { event: 'webhook', outcome: 'duplicate', formerSecret: false },
      { event: 'webhook', outcome: 'refused', reason: 'bad_signature' },
    ]);
  });

  test('answers nothing before the application has stored the event, and 503 when it could not', async () => {
    const { opened: stored, open: store } = gate();
    const events: InboxEvent[] = [];
    const opened = await open({
      onEvent: async (event) => {
        events.push(event);
        if (event.eventId === 'bad') throw new TypeError('the queue is away');
        await stored;
      },
    });
    const answer = send({ ...opened, event: { event_id: 'good' } });
    await expect.poll(() => events).toHaveLength(1);
    expect(await send({ ...opened, event: { event_id: 'bad' } })).toBe(503);
    const early = new Promise((resolve) => setTimeout(() => resolve('nothing yet'), 50));
    expect(await Promise.race([answer, early])).toBe('nothing yet');
    store();
    expect(await answer).toBe(204);
    expect(opened.lines).toContainEqual({ event: 'request_failed', error: 'TypeError' });
  });

  test('takes the former secret too, and several URLs', async () => {
    const former = 'b2'.repeat(32);
    const newest = 'a1'.repeat(32);
    const opened = await open({
      secrets: [newest, former],
      receiverUrl: ['https://portal.example.edu/one/events', 'https://portal.example.edu/two/events'],
    });
    expect(await send({ ...opened, path: '/one/events', secret: newest })).toBe(204);
    expect(await send({ ...opened, path: '/two/events', secret: former })).toBe(204);
    expect(await send({ ...opened, secret: newest })).toBe(404);
    expect(opened.lines).toEqual([
      { event: 'webhook', outcome: 'stored', formerSecret: false },
      { event: 'webhook', outcome: 'stored', formerSecret: true },
    ]);
  });
});

test('whoever injects the inbox of such a registration reads which setting is missing', async () => {
  const seekPass = await openSeekPass();
  const [, adapter] = adapters[0] ?? [];
  if (adapter === undefined) throw new Error('There is no adapter.');
  const { app } = await openApp({ adapter: adapter(), registrations: [relayOptions(seekPass, {})] });
  expect(() => app.get<{ counts(): void }>(getInboxToken(), { strict: false }).counts()).toThrow(
    "SeekPassModule 'default' has no webhook inbox: set its option webhooks",
  );
});

test.each<[string, object, string]>([
  ['another word for the risk', { withoutInbox: 'yes' }, `webhooks.withoutInbox is not '${withoutInbox}'`],
  ['nobody who stores the events', { onEvent: undefined }, 'webhooks.onEvent is missing'],
  ['no secret', { secrets: [] }, 'A webhook secret is missing'],
  ['a placeholder', { secrets: 'your-webhook-secret' }, 'looks like a placeholder'],
  [
    'a URL that anybody can read on its way',
    { receiverUrl: 'http://portal.example.edu/x' },
    'must start with https://',
  ],
])('the application does not start with %s', async (_what, change, message) => {
  const seekPass = await openSeekPass();
  const [, adapter] = adapters[0] ?? [];
  if (adapter === undefined) throw new Error('There is no adapter.');
  const options = relayOptions(seekPass, change);
  const start = openApp({ adapter: adapter(), registrations: [{ name: 'hr', ...options }] });
  await expect(start).rejects.toThrow(`SeekPassModule 'hr': `);
  await expect(start).rejects.toThrow(message);
});
