import { openTestDatabase, postgresMissing } from '@seek-pass-kit/prove/postgres';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { InboxEvent } from '../../src/inbox/inbox-handler.ts';
import { openPostgresStore } from '../../src/postgres/index.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { delivered, eventBody, openInboxFixture, passingUntil, receiverUrl } from './open-inbox.ts';

const skip = await postgresMissing();
const second = 'https://events.example.edu/seek-pass/second';
const moved = 'https://events.example.edu/webhooks/seek-pass';
const who = 'staff-7';
const budget = { budgetMs: 1_000 };

async function openBoth(receiverUrls: readonly string[] = [receiverUrl, second]) {
  const fixture = await openInboxFixture();
  const heard: InboxEvent[] = [];
  const inbox = await fixture.open({
    receiverUrl: receiverUrls,
    handlers: { hear: async (event) => void heard.push(event) },
  });
  const send = async (url: string, eventId: string, secret = '') =>
    (await inbox.receiver()(delivered(eventBody({ event_id: eventId }), secret, fixture.clock.now(), url)))
      .status;
  return { ...fixture, inbox, heard, send };
}

describe('an inbox with several URLs', () => {
  test('has an endpoint at each, and each is judged by its own secret', async () => {
    const { inbox, send, secrets, deliveries, heard } = await openBoth();
    expect(await inbox.createEndpoint({ who })).toMatchObject({ outcome: 'created' });
    expect(inbox.urlsWithoutSecret()).toEqual([second]);
    expect(await send(second, 'event-0', secrets[0])).toBe(503);
    expect(await inbox.createEndpoint({ who, url: second })).toMatchObject({ outcome: 'created' });
    const [ofFirst, ofSecond] = secrets;
    expect(await send(receiverUrl, 'event-1', ofFirst)).toBe(204);
    expect(await send(second, 'event-2', ofSecond)).toBe(204);
    expect(await send(second, 'event-3', ofFirst)).toBe(400);
    expect(await send(receiverUrl, 'event-4', ofSecond)).toBe(400);
    expect(await send('https://portal.example.edu/webhooks/other', 'event-5', ofFirst)).toBe(404);
    await inbox.runDue(budget);
    expect(heard.map(({ issuer, eventId }) => [issuer, eventId])).toEqual([
      ['default', 'event-1'],
      ['default', 'event-2'],
    ]);
    expect(deliveries.at(0)).toEqual({ outcome: 'unavailable', reason: 'no_secret' });
    expect(await inbox.endpoints()).toMatchObject([
      { url: receiverUrl, ours: true, secretHeld: true },
      { url: second, ours: true, secretHeld: true },
    ]);
  });

  test('handles the same event once, at whichever URL it comes', async () => {
    const { inbox, send, secrets, heard, deliveries } = await openBoth();
    await inbox.createEndpoint({ who });
    await inbox.createEndpoint({ who, url: second });
    expect(await send(receiverUrl, 'event-1', secrets[0])).toBe(204);
    expect(await send(second, 'event-1', secrets[1])).toBe(204);
    await inbox.runDue(budget);
    expect(heard).toHaveLength(1);
    expect(deliveries.map(({ outcome }) => outcome)).toEqual(['stored', 'duplicate']);
  });

  test('rotates one secret, and the other endpoint hears nothing of it', async () => {
    const { inbox, send, secrets, deliveries, pass } = await openBoth();
    await inbox.createEndpoint({ who });
    await inbox.createEndpoint({ who, url: second });
    const rotating = inbox.rotateSecret({ who, url: second });
    await pass(0);
    // Only at the one that is rotated a delivery that fits no secret may fit the next one.
    expect(await send(receiverUrl, 'event-1', 'f0'.repeat(32))).toBe(400);
    expect(await send(second, 'event-1', 'f0'.repeat(32))).toBe(503);
    expect(await passingUntil(rotating, () => pass(20))).toMatchObject({ outcome: 'rotated' });
    await pass(0);
    expect(await send(second, 'event-2', secrets[2])).toBe(204);
    expect(await send(receiverUrl, 'event-3', secrets[0])).toBe(204);
    expect(await send(second, 'event-4', secrets[1])).toBe(204);
    expect(deliveries.filter(({ outcome }) => outcome === 'stored')).toEqual([
      { outcome: 'stored', formerSecret: false },
      { outcome: 'stored', formerSecret: false },
      { outcome: 'stored', formerSecret: true },
    ]);
  });

  test('that moves to another host under the same path takes both secrets: a request names no host', async () => {
    const { inbox, send, secrets } = await openBoth([moved, receiverUrl]);
    await inbox.createEndpoint({ who, url: receiverUrl });
    await inbox.createEndpoint({ who });
    expect(await send(moved, 'event-1', secrets[0])).toBe(204);
    expect(await send(moved, 'event-2', secrets[1])).toBe(204);
  });

  test.each([
    ['twice the same', [receiverUrl, receiverUrl], 'receiverUrl has one of them twice'],
    ['none', [], 'receiverUrl is an empty list'],
    [
      'one without a path',
      [receiverUrl, 'https://portal.example.edu/'],
      'receiverUrl needs a path of its own',
    ],
  ])('does not start with %s', async (_, urls, message) => {
    const { open } = await openInboxFixture();
    await expect(open({ receiverUrl: urls })).rejects.toThrow(message);
  });

  test('knows no other URL', async () => {
    const { inbox } = await openBoth();
    await expect(inbox.createEndpoint({ who, url: moved })).rejects.toThrow('none of receiverUrl');
    await expect(inbox.rotateSecret({ who, url: moved })).rejects.toThrow('none of receiverUrl');
  });
});

/** Many processes over one store; gives the outcomes that they met. */
async function startTogether(store: Store): Promise<ReadonlySet<string>> {
  const { open, sandbox } = await openInboxFixture(store);
  const processes = await Promise.all(
    Array.from({ length: 8 }, () => open({ receiverUrl: [receiverUrl, second] })),
  );
  const found = (await Promise.all(processes.map((inbox) => inbox.ensureEndpoints({ who })))).flat();
  expect(found.filter(({ outcome }) => outcome === 'created')).toHaveLength(2);
  expect(found).toHaveLength(16);
  expect(sandbox.control.webhooks.endpoints()).toHaveLength(2);
  expect(await store.read.webhookEndpoints('default')).toHaveLength(2);
  // Whoever looks again sees what the first one made, and asks SEEK Pass nothing.
  const asked = sandbox.control.requests.list().length;
  for (const inbox of processes) {
    expect(await inbox.ensureEndpoints({ who })).toMatchObject([
      { url: receiverUrl, outcome: 'known' },
      { url: second, outcome: 'known' },
    ]);
    expect(inbox.urlsWithoutSecret()).toEqual([]);
  }
  expect(sandbox.control.requests.list()).toHaveLength(asked);
  return new Set(found.map(({ outcome }) => outcome));
}

describe('having the endpoints at the start', () => {
  test('makes each of them once, however many processes start at the same time', async () => {
    expect(await startTogether(createMemoryStore())).not.toContain('secret_unknown');
  });

  test.skipIf(skip)('makes each of them once over PostgreSQL too', { timeout: 60_000 }, async () => {
    const database = await openTestDatabase();
    onTestFinished(() => database.close());
    const store = await openPostgresStore({ connectionString: database.connectionString });
    expect(await startTogether(store)).not.toContain('secret_unknown');
  });

  test('says of one that was made by hand that its secret is unknown', async () => {
    const { open, seekPass } = await openInboxFixture();
    const { id } = await seekPass.webhooks.create({ url: receiverUrl });
    const inbox = await open();
    expect(await inbox.ensureEndpoints({ who })).toEqual([
      { url: receiverUrl, outcome: 'secret_unknown', endpointId: id },
    ]);
    expect(inbox.urlsWithoutSecret()).toEqual([receiverUrl]);
  });
});
