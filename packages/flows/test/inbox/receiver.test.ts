import fc from 'fast-check';
import { countedCalls } from '@seek-pass-kit/prove/counted-calls';
import { describe, expect, test } from 'vitest';
import type { InboxEvent } from '../../src/inbox/inbox-handler.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { StoreUnavailable } from '../../src/store/ports.ts';
import { fixtureStart } from '../standing-clock.ts';
import { delivered, eventBody, openInboxFixture, receiverUrl } from './open-inbox.ts';

const forger = 'f0'.repeat(32);

async function openReceiver() {
  const counted = countedCalls(createMemoryStore());
  const fixture = await openInboxFixture(counted.thing);
  const heard: InboxEvent[] = [];
  const inbox = await fixture.open({
    handlers: {
      hear: async (event) => {
        heard.push(event);
      },
    },
    // Long enough that no reading of secrets falls into a test.
    refreshMs: 60_000,
  });
  await inbox.createEndpoint({ who: 'staff-7' });
  const [secret = ''] = fixture.secrets;
  const receive = inbox.receiver();
  return { ...fixture, inbox, heard, secret, receive, calls: counted.calls };
}

describe('a delivery that SEEK Pass signed', () => {
  test('is stored, answered 204 and then handled', async () => {
    const { receive, secret, inbox, heard, deliveries } = await openReceiver();
    const response = await receive(delivered(eventBody({ event_id: 'event-1' }), secret));
    expect(response.status).toBe(204);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(heard).toEqual([]);
    expect(await inbox.runDue({ budgetMs: 1_000 })).toMatchObject({ done: 1, ended: 'nothing_due' });
    expect(heard).toEqual([
      {
        issuer: 'default',
        eventId: 'event-1',
        type: 'vwsp_request.verified',
        kind: 'verified',
        requestId: 'request-1',
        createdAt: Date.UTC(2026, 2, 2, 8, 59, 59, 123),
        receivedAt: fixtureStart,
      },
    ]);
    expect(deliveries).toEqual([{ outcome: 'stored', formerSecret: false }]);
    expect(await inbox.counts()).toEqual({ waiting: 0, parked: 0, dead: 0 });
  });

  test('is handled once, however often and however much at once it comes', async () => {
    const { receive, secret, inbox, heard, deliveries } = await openReceiver();
    const body = eventBody();
    const answers = await Promise.all(Array.from({ length: 20 }, () => receive(delivered(body, secret))));
    answers.push(await receive(delivered(body, secret)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    await inbox.runDue({ budgetMs: 1_000 });
    await receive(delivered(body, secret));
    await inbox.runDue({ budgetMs: 1_000 });
    expect(heard).toHaveLength(1);
    expect(deliveries.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
    expect(deliveries.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(21);
  });

  test('is handed on also when its type is not known, or it names no verification', async () => {
    const { receive, secret, inbox, heard } = await openReceiver();
    const body = eventBody({ type: 'vwsp_request.reopened', request_id: undefined, created_at: 'soon' });
    expect((await receive(delivered(body, secret))).status).toBe(204);
    await inbox.runDue({ budgetMs: 1_000 });
    expect(heard).toMatchObject([
      { kind: 'unknown', type: 'vwsp_request.reopened', createdAt: fixtureStart },
    ]);
    expect(heard[0]).not.toHaveProperty('requestId');
  });

  test.each([
    ['an id with a line break', { event_id: 'a\nb' }],
    ['an id that a database takes for its end', { event_id: 'a\u0000' }],
    ['an id of a thousand characters', { request_id: 'r'.repeat(1_000) }],
    ['no id', { event_id: undefined }],
  ])('is refused with %s, and asks the database nothing', async (_, change) => {
    const { receive, secret, calls, deliveries } = await openReceiver();
    const before = calls();
    expect((await receive(delivered(eventBody(change), secret))).status).toBe(400);
    expect(deliveries).toEqual([{ outcome: 'refused', reason: 'bad_payload' }]);
    expect(calls()).toBe(before);
  });

  test('is to come again when the database is away', async () => {
    const { receive, secret, store, deliveries } = await openReceiver();
    Object.assign(store, {
      transaction: async () => {
        throw new StoreUnavailable('The database did not answer.');
      },
    });
    expect((await receive(delivered(eventBody(), secret))).status).toBe(503);
    expect(deliveries).toEqual([{ outcome: 'unavailable', reason: 'store' }]);
  });
});

describe('a delivery that SEEK Pass did not sign', () => {
  const bodies = { whole: eventBody(), long: 'x'.repeat(65_537) };
  const post = (init: RequestInit & { readonly duplex?: 'half' }) =>
    new Request(receiverUrl, { method: 'POST', ...init });
  const signed = delivered(bodies.whole, forger).headers;

  test.each<[string, () => Request, number, string]>([
    ['another path', () => new Request(`${receiverUrl}/x`, { method: 'POST' }), 404, 'wrong_path'],
    ['GET', () => new Request(receiverUrl), 405, 'wrong_method'],
    ['PUT', () => new Request(receiverUrl, { method: 'PUT', body: 'x' }), 405, 'wrong_method'],
    ['gzip', () => post({ body: 'x', headers: { 'content-encoding': 'gzip' } }), 415, 'encoded'],
    ['a long body', () => post({ body: bodies.long, headers: signed }), 413, 'too_large'],
    [
      'a long body that is not announced',
      () => post({ body: streamed(bodies.long), duplex: 'half' }),
      413,
      'too_large',
    ],
    [
      'a long body that is announced',
      () => post({ body: 'x', headers: { 'content-length': '65537' } }),
      413,
      'too_large',
    ],
    ['no signature', () => post({ body: bodies.whole }), 400, 'missing_header'],
    [
      'two signatures',
      () => post({ body: bodies.whole, headers: { 'x-timestamp': '1', 'x-signature': 'a, b' } }),
      400,
      'duplicate_header',
    ],
    [
      'no time',
      () => post({ body: bodies.whole, headers: { 'x-timestamp': 'now', 'x-signature': 'ab' } }),
      400,
      'bad_timestamp',
    ],
    ['a past time', () => delivered(bodies.whole, forger, fixtureStart - 901_000), 400, 'too_old'],
    ['a future time', () => delivered(bodies.whole, forger, fixtureStart + 902_000), 400, 'too_new'],
    ['a signature of another', () => delivered(bodies.whole, forger), 400, 'bad_signature'],
  ])('is refused: %s', async (_, request, status, reason) => {
    const { receive, calls, deliveries } = await openReceiver();
    const before = calls();
    const response = await receive(request());
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
    expect(deliveries).toEqual([{ outcome: 'refused', reason }]);
    expect(calls()).toBe(before);
  });

  test('security rule 15: a flood of them asks the database nothing', async () => {
    const { receive, calls, heard, inbox, secret } = await openReceiver();
    const before = calls();
    expect(before).toBeGreaterThan(0);
    const header = fc.oneof(
      fc.constantFrom('', '1', String(fixtureStart / 1_000), 'a'.repeat(64), secret, `${secret},`),
      fc.string({ maxLength: 80 }).map((text) => text.replaceAll(/[^\x21-\x7e]/g, '')),
    );
    const flood = fc.record({
      method: fc.constantFrom('POST', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH'),
      path: fc.constantFrom('', '', '', '/x', '?secret=1'),
      body: fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.json().map((text) => Buffer.from(text)),
      ),
      timestamp: header,
      signature: header,
      encoding: fc.constantFrom('', '', '', 'identity', 'gzip', 'br'),
    });
    await fc.assert(
      fc.asyncProperty(flood, async ({ method, path, body, timestamp, signature, encoding }) => {
        const headers = { 'x-timestamp': timestamp, 'x-signature': signature, 'content-encoding': encoding };
        const response = await receive(
          new Request(`${receiverUrl}${path}`, { method, headers, body: new Uint8Array(body) }),
        );
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 1_000 },
    );
    expect(calls()).toBe(before);
    await inbox.runDue({ budgetMs: 1_000 });
    expect(heard).toEqual([]);
  });

  test('is to come again while no secret is known', async () => {
    const { open, deliveries } = await openInboxFixture();
    const inbox = await open();
    const answer = await inbox.receiver()(delivered(eventBody(), forger));
    expect(answer.status).toBe(503);
    expect(deliveries).toEqual([{ outcome: 'unavailable', reason: 'no_secret' }]);
  });
});

describe('two issuers', () => {
  test('security rule 15: what issuer A signs never reaches issuer B, whatever it names', async () => {
    const counted = countedCalls(createMemoryStore());
    const { open, secrets, store, sandbox } = await openInboxFixture(counted.thing);
    const heard: InboxEvent[] = [];
    /** Knows the verification of B alone, and would ask SEEK Pass about it. */
    const handlerOf = (issuer: string) => async (event: InboxEvent) => {
      heard.push(event);
      return issuer === 'b' && event.requestId === 'request-of-b' ? 'done' : ('parked' as const);
    };
    const urlOf = (issuer: string) => `https://portal.example.edu/webhooks/${issuer}`;
    const openIssuer = (issuer: string) =>
      open({
        issuer,
        receiverUrl: urlOf(issuer),
        handlers: { verify: handlerOf(issuer) },
        refreshMs: 60_000,
      });
    const [a, b] = [await openIssuer('a'), await openIssuer('b')];
    await a.createEndpoint({ who: 'staff-7' });
    await b.createEndpoint({ who: 'staff-7' });
    const [secretOfA = '', secretOfB = ''] = secrets;
    const body = eventBody({ event_id: 'event-1', request_id: 'request-of-b' });
    const at = (issuer: string) => {
      const { headers } = delivered(body, secretOfA);
      return new Request(urlOf(issuer), { method: 'POST', headers, body });
    };
    const before = { calls: counted.calls(), asked: sandbox.control.requests.list().length };
    expect((await b.receiver()(at('b'))).status).toBe(400);
    expect((await b.receiver()(at('a'))).status).toBe(404);
    expect(counted.calls()).toBe(before.calls);
    expect((await a.receiver()(at('a'))).status).toBe(204);
    await a.runDue({ budgetMs: 1_000 });
    await b.runDue({ budgetMs: 1_000 });
    expect(heard).toMatchObject([{ issuer: 'a', requestId: 'request-of-b' }]);
    expect(await a.counts()).toMatchObject({ parked: 1 });
    expect(await store.read.inboxEvent('b', 'event-1')).toBeUndefined();
    expect(sandbox.control.requests.list()).toHaveLength(before.asked);
    expect(secretOfB).not.toBe(secretOfA);
  });
});

function streamed(text: string): ReadableStream<Uint8Array> {
  return new Blob([text]).stream();
}
