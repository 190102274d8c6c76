import { createMemoryEventLedger } from '@seek-pass-kit/core/webhooks';
import { describe, expect, test } from 'vitest';
import type { InboxDelivery } from '../../src/inbox/inbox-delivery.ts';
import type { InboxEvent } from '../../src/inbox/inbox-handler.ts';
import { createWebhookRelay, type WebhookRelayOptions } from '../../src/inbox/webhook-relay.ts';
import { fixtureStart, StandingClock } from '../standing-clock.ts';
import { delivered, eventBody, receiverUrl } from './open-inbox.ts';

const secret = 'a1'.repeat(32);
const former = 'b2'.repeat(32);

function openRelay(change: Partial<WebhookRelayOptions> = {}) {
  const clock = new StandingClock();
  const queued: InboxEvent[] = [];
  const deliveries: InboxDelivery[] = [];
  const errors: unknown[] = [];
  const receive = createWebhookRelay({
    environment: 'sandbox',
    issuer: 'hr',
    seekPass: { now: () => clock.now() },
    receiverUrl,
    secrets: [secret, former],
    onEvent: async (event) => void queued.push(event),
    onDelivery: (delivery) => deliveries.push(delivery),
    onError: (error) => errors.push(error),
    clock,
    ...change,
  });
  const send = async (eventId: string, by = secret) =>
    (await receive(delivered(eventBody({ event_id: eventId }), by))).status;
  return { receive, send, queued, deliveries, errors, clock };
}

describe('a relay', () => {
  test('hands on what SEEK Pass signed, and answers 204', async () => {
    const { send, queued, deliveries } = openRelay();
    expect(await send('event-1')).toBe(204);
    expect(await send('event-2', former)).toBe(204);
    expect(queued).toEqual([
      {
        issuer: 'hr',
        eventId: 'event-1',
        type: 'vwsp_request.verified',
        kind: 'verified',
        requestId: 'request-1',
        createdAt: Date.UTC(2026, 2, 2, 8, 59, 59, 123),
        receivedAt: fixtureStart,
      },
      expect.objectContaining({ eventId: 'event-2' }),
    ]);
    expect(deliveries).toEqual([
      { outcome: 'stored', formerSecret: false },
      { outcome: 'stored', formerSecret: true },
    ]);
  });

  test('answers nothing before the event is stored', async () => {
    let store: () => void = () => undefined;
    const stored = new Promise<void>((resolve) => {
      store = resolve;
    });
    const { send } = openRelay({ onEvent: () => stored });
    const sending = send('event-1');
    const early = new Promise((resolve) => setTimeout(() => resolve('nothing'), 30));
    expect(await Promise.race([sending, early])).toBe('nothing');
    store();
    expect(await sending).toBe(204);
  });

  test('answers 503 when it could not be stored, and stores it when it comes again', async () => {
    let broken = true;
    const queued: string[] = [];
    const { send, deliveries, errors } = openRelay({
      onEvent: async ({ eventId }) => {
        if (broken) throw new Error('the queue is away');
        queued.push(eventId);
      },
    });
    expect(await send('event-1')).toBe(503);
    broken = false;
    expect(await send('event-1')).toBe(204);
    expect(await send('event-1')).toBe(204);
    expect(queued).toEqual(['event-1']);
    expect(errors).toEqual([new Error('the queue is away')]);
    expect(deliveries).toEqual([
      { outcome: 'unavailable', reason: 'store' },
      { outcome: 'stored', formerSecret: false },
      { outcome: 'duplicate', formerSecret: false },
    ]);
  });

  test('answers 503 when storing throws before it waits, and when the ledger is away', async () => {
    const thrown = openRelay({
      onEvent: () => {
        throw new TypeError('no queue');
      },
    });
    expect(await thrown.send('event-1')).toBe(503);
    const ledger = { ...createMemoryEventLedger(), claim: () => Promise.reject(new Error('away')) };
    const unremembered = openRelay({ ledger });
    expect(await unremembered.send('event-1')).toBe(503);
    expect([thrown.errors.length, unremembered.errors.length, unremembered.queued.length]).toEqual([1, 1, 0]);
  });

  test('does not wait for ever: after five seconds the answer is 503, and the event is not handed on twice', async () => {
    let calls = 0;
    let store: () => void = () => undefined;
    const stored = new Promise<void>((resolve) => {
      store = resolve;
    });
    const { send, deliveries } = openRelay({
      onEvent: () => {
        calls += 1;
        return stored;
      },
      // Timers end at once.
      clock: { now: () => fixtureStart, setTimer: (_ms, call) => (setTimeout(call, 20), () => undefined) },
    });
    expect(await send('event-1')).toBe(503);
    expect(await send('event-1')).toBe(503);
    store();
    await stored;
    await expect.poll(() => send('event-1')).toBe(204);
    expect(calls).toBe(1);
    expect(deliveries.slice(0, 2)).toEqual([
      { outcome: 'unavailable', reason: 'store' },
      { outcome: 'unavailable', reason: 'under_way' },
    ]);
    expect(deliveries.at(-1)).toEqual({ outcome: 'duplicate', formerSecret: false });
  });

  const forged = () => delivered(eventBody(), 'f0'.repeat(32));
  const post = (init: RequestInit) => new Request(receiverUrl, { method: 'POST', ...init });
  test.each<[string, () => Request, number, string]>([
    ['another path', () => new Request(`${receiverUrl}/x`, { method: 'POST' }), 404, 'wrong_path'],
    ['another method', () => new Request(receiverUrl), 405, 'wrong_method'],
    ['an encoding', () => post({ body: 'x', headers: { 'content-encoding': 'gzip' } }), 415, 'encoded'],
    ['a long body', () => post({ body: 'x'.repeat(65_537) }), 413, 'too_large'],
    ['no signature', () => post({ body: eventBody() }), 400, 'missing_header'],
    ['a past time', () => delivered(eventBody(), secret, fixtureStart - 901_000), 400, 'too_old'],
    ['a signature of another', forged, 400, 'bad_signature'],
    ['no event', () => delivered('{}', secret), 400, 'bad_payload'],
  ])(
    'security rule 15: refuses %s, as the inbox does, and hands nothing on',
    async (_, make, status, reason) => {
      const { receive, queued, deliveries } = openRelay();
      expect((await receive(make())).status).toBe(status);
      expect(deliveries).toEqual([{ outcome: 'refused', reason }]);
      expect(queued).toEqual([]);
    },
  );

  test('does not start with a secret that cannot be right', () => {
    expect(() => openRelay({ secrets: 'your-webhook-secret' })).toThrow('placeholder');
    expect(() => openRelay({ secrets: [] })).toThrow('A webhook secret is missing');
  });
});
