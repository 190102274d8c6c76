import { sign } from '@seek-pass-kit/core/webhooks';
import { countedCalls } from '@seek-pass-kit/prove/counted-calls';
import { describe, expect, test } from 'vitest';
import { toNodeListener } from '../../src/node/node-listener.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { fixtureStart } from '../standing-clock.ts';
import { send } from '../node/http-probe.ts';
import { mountedHosts } from '../node/mounted-hosts.ts';
import { eventBody, openInboxFixture } from './open-inbox.ts';

const origin = 'https://portal.example.edu';
const path = '/claim/seek-pass';

/** The receiver in a host, over real sockets. */
async function mounted(start: (typeof mountedHosts)[string]) {
  const { thing: store, calls } = countedCalls(createMemoryStore());
  const { open, secrets, deliveries } = await openInboxFixture(store);
  const inbox = await open({ receiverUrl: `${origin}${path}`, refreshMs: 60_000 });
  await inbox.createEndpoint({ who: 'staff-7' });
  const port = await start(toNodeListener(inbox.receiver(), { origin }), () => undefined);
  const post = (body: string, headers: Record<string, string> = {}) => {
    const timestamp = Math.floor(fixtureStart / 1_000);
    const signed = sign({ body, secret: secrets[0] ?? '', timestamp });
    return send(port, path, { method: 'POST', body, headers: { ...signed, ...headers } });
  };
  return { post, store, calls, deliveries };
}

describe.each(Object.entries(mountedHosts))('the receiver in %s', (_name, start) => {
  test('verifies the bytes as they came, whatever the content type says', async () => {
    const { post, store } = await mounted(start);
    // As no parser and printer of JSON would leave it.
    const body = eventBody({ event_id: 'event-1', note: 'ผู้เรียน' }).replaceAll(',', ' ,\r\n  ');
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
      expect((await post(body, { 'content-type': type })).status).toBe(204);
    }
    expect(await store.read.inboxEvent('default', 'event-1')).toBeDefined();
  });

  test('security rule 15: refuses long and encoded bodies, and asks the database nothing', async () => {
    const { post, calls } = await mounted(start);
    const before = calls();
    expect((await post('x'.repeat(65_537))).status).toBe(413);
    expect((await post('x'.repeat(200_000), { 'transfer-encoding': 'chunked' })).status).toBe(413);
    expect((await post(eventBody(), { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await post(eventBody(), { 'x-signature': 'f0'.repeat(32) })).status).toBe(400);
    expect(calls()).toBe(before);
  });
});
