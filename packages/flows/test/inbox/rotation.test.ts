import { SeekPassError } from '@seek-pass-kit/core';
import { countedCalls } from '@seek-pass-kit/prove/counted-calls';
import { describe, expect, test } from 'vitest';
import type { InboxEvent } from '../../src/inbox/inbox-handler.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { delivered, eventBody, openInboxFixture, passingUntil } from './open-inbox.ts';

const budget = { budgetMs: 1_000 };

async function openRotation() {
  const counted = countedCalls(createMemoryStore());
  const fixture = await openInboxFixture(counted.thing);
  const heard: string[] = [];
  const polls: number[] = [];
  const handlers = {
    verify: async ({ eventId }: InboxEvent) => {
      heard.push(eventId);
    },
  };
  const onRotation = async () => {
    polls.push(fixture.clock.now());
  };
  const inbox = await fixture.open({ handlers, onRotation });
  await inbox.createEndpoint({ who: 'staff-7' });
  const [endpointId = ''] = (await inbox.endpoints()).map(({ id }) => id);
  const send = async (eventId: string, secret = fixture.secrets.at(-1) ?? '') =>
    (await inbox.receiver()(delivered(eventBody({ event_id: eventId }), secret, fixture.clock.now()))).status;
  return { ...fixture, calls: counted.calls, heard, polls, handlers, onRotation, inbox, endpointId, send };
}

describe('rotating the secret', () => {
  test('the new one counts at once, the former for a while, and open verifications are polled', async () => {
    const { inbox, rotate, send, secrets, polls, store, deliveries, pass, endpointId } = await openRotation();
    expect(await rotate(inbox)).toEqual({ outcome: 'rotated', endpointId });
    const [former, newest] = secrets;
    expect(secrets).toHaveLength(2);
    expect(await send('event-1', newest)).toBe(204);
    expect(await send('event-2', former)).toBe(204);
    expect(deliveries).toEqual([
      { outcome: 'stored', formerSecret: false },
      { outcome: 'stored', formerSecret: true },
    ]);
    await inbox.runDue(budget);
    await inbox.runDue(budget);
    expect(polls).toHaveLength(1);
    await pass(15 * 60_000 + 1);
    expect(await send('event-3', former)).toBe(400);
    expect(await send('event-3', newest)).toBe(204);
    expect(await store.read.auditOf('default', `webhook:${endpointId}`, 9)).toMatchObject([
      { who: 'staff-7', what: 'webhook_secret_rotated' },
      { who: 'staff-7', what: 'webhook_rotation_begun' },
      { who: 'staff-7', what: 'webhook_created' },
    ]);
    expect(await inbox.endpoints()).toMatchObject([{ ours: true, atSeekPass: true, secretHeld: true }]);
  });

  test('security rule 15: what fits neither secret gets 503, is judged again with the new one, and goes in', async () => {
    const { inbox, open, seekPass, secrets, handlers, send, deliveries, heard, store, pass, calls } =
      await openRotation();
    let asked: () => void = () => undefined;
    const askedOnce = new Promise<void>((resolve) => {
      asked = resolve;
    });
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const rotator = await open({
      handlers,
      seekPass: {
        now: () => seekPass.now(),
        webhooks: {
          ...seekPass.webhooks,
          async rotateSecret(id) {
            const rotated = await seekPass.webhooks.rotateSecret(id);
            secrets.push(rotated.secret.reveal());
            asked();
            await answered;
            return rotated;
          },
        },
      },
    });
    const rotating = rotator.rotateSecret({ who: 'staff-7' });
    await passingUntil(askedOnce, () => pass(20));
    await pass(0);
    expect(await send('event-1')).toBe(503);
    expect(await send('event-2', secrets[0])).toBe(204);
    expect(await send('event-3', 'f0'.repeat(32))).toBe(503);
    expect(deliveries).toEqual([
      { outcome: 'quarantined' },
      { outcome: 'stored', formerSecret: false },
      { outcome: 'quarantined' },
    ]);
    const kept = await store.read.quarantined('default', 9);
    expect(kept).toHaveLength(2);
    for (const { sealedDelivery } of kept)
      expect(Buffer.from(sealedDelivery).toString('latin1')).not.toContain('vwsp');
    answer();
    expect(await passingUntil(rotating, () => pass(20))).toMatchObject({ outcome: 'rotated' });
    await pass(5_000);
    await inbox.runDue(budget);
    await inbox.runDue(budget);
    expect(heard.toSorted()).toEqual(['event-1', 'event-2']);
    expect(deliveries).toContainEqual({ outcome: 'recovered' });
    expect(await store.read.quarantined('default', 9)).toHaveLength(1);
    // Nobody rotates any more: what fits no secret asks the database nothing again.
    const before = calls();
    const answerNow = await send('event-4', 'f0'.repeat(32));
    expect([answerNow, calls() - before]).toEqual([400, 0]);
    await pass(16 * 60_000);
    await inbox.runDue(budget);
    expect(await store.read.quarantined('default', 9)).toEqual([]);
    expect(deliveries).toContainEqual({ outcome: 'lost' });
  });

  test('security rule 15: a crash between rotation and save converges: another process rotates once more', async () => {
    const { inbox, open, seekPass, secrets, endpointId, polls, pass, send, store } = await openRotation();
    let died: () => void = () => undefined;
    const dead = new Promise<void>((resolve) => {
      died = resolve;
    });
    const doomed = await open({
      seekPass: {
        now: () => seekPass.now(),
        webhooks: {
          ...seekPass.webhooks,
          async rotateSecret(id) {
            secrets.push((await seekPass.webhooks.rotateSecret(id)).secret.reveal());
            died();
            // Dead: the answer never comes to be stored.
            return new Promise(() => undefined);
          },
        },
      },
    });
    void doomed.rotateSecret({ who: 'staff-7' });
    await passingUntil(dead, () => pass(20));
    // The process is gone, and what keeps its lease with it.
    doomed.close();
    await pass(0);
    expect(await send('event-1')).toBe(503);
    expect(await inbox.endpoints()).toMatchObject([{ id: endpointId, rotatingSince: expect.any(Number) }]);
    await inbox.runDue(budget);
    expect(secrets).toHaveLength(2);
    await pass(61_000);
    await inbox.runDue(budget);
    expect(secrets).toHaveLength(3);
    expect(await send('event-2')).toBe(204);
    await inbox.runDue(budget);
    expect(polls).toHaveLength(1);
    const [endpoint] = await store.read.webhookEndpoints('default');
    expect(endpoint?.rotation).toBeNull();
  });

  test('two that ask at the same time share one rotation', async () => {
    const { inbox, open, rotate, secrets } = await openRotation();
    const other = await open();
    const both = await Promise.all([rotate(inbox), rotate(other)]);
    expect(both).toMatchObject([{ outcome: 'rotated' }, { outcome: 'rotated' }]);
    expect(secrets).toHaveLength(2);
  });

  test('a worker whose turn was over keeps its secret for a while, and one more rotation decides', async () => {
    const { inbox, open, seekPass, secrets, pass, send, clock, store, sandbox } = await openRotation();
    let late: () => void = () => undefined;
    const rest = new Promise<void>((resolve) => {
      late = resolve;
    });
    let began: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      began = resolve;
    });
    const slow = await open({
      seekPass: {
        now: () => seekPass.now(),
        webhooks: {
          ...seekPass.webhooks,
          async rotateSecret(id) {
            began();
            await rest;
            const rotated = await seekPass.webhooks.rotateSecret(id);
            secrets.push(rotated.secret.reveal());
            return rotated;
          },
        },
      },
    });
    const rotating = slow.rotateSecret({ who: 'staff-7' });
    await passingUntil(begun, () => pass(20));
    clock.advance(61_000);
    await inbox.runDue(budget);
    expect(secrets).toHaveLength(2);
    late();
    await pass(0);
    // SEEK Pass signs with the secret of the slow one, which came last.
    expect(secrets).toHaveLength(3);
    await expect.poll(async () => (await store.read.webhookEndpoints('default'))[0]?.rotation).not.toBeNull();
    await pass(0);
    expect(await send('event-1')).toBe(204);
    await passingUntil(rotating, () => pass(1_000));
    await pass(0);
    expect(secrets).toHaveLength(4);
    expect(sandbox.control.webhooks.endpoints()).toHaveLength(1);
    expect(await send('event-2')).toBe(204);
  });

  test('a refusal by SEEK Pass ends it, and the secret stays', async () => {
    const { inbox, open, seekPass, rotate, send, secrets, store, endpointId } = await openRotation();
    const refused = await open({
      seekPass: {
        now: () => seekPass.now(),
        webhooks: {
          ...seekPass.webhooks,
          rotateSecret: () => Promise.reject(new SeekPassError('rejected', 'SEEK Pass said 403.')),
        },
      },
    });
    expect(await rotate(refused)).toEqual({ outcome: 'refused', endpointId });
    expect(secrets).toHaveLength(1);
    expect(await send('event-1')).toBe(204);
    const [line] = await store.read.auditOf('default', `webhook:${endpointId}`, 1);
    expect(line).toMatchObject({ what: 'webhook_rotation_refused', why: 'rejected' });
    expect(await rotate(inbox)).toMatchObject({ outcome: 'rotated' });
  });

  test('a receiver that could not read the secrets lately says 503 to what it cannot judge', async () => {
    const { clock, send, secrets, deliveries } = await openRotation();
    clock.advance(1_000);
    expect(await send('event-1', 'f0'.repeat(32))).toBe(503);
    expect(deliveries).toEqual([{ outcome: 'unavailable', reason: 'secrets_not_fresh' }]);
    expect(await send('event-1', secrets[0])).toBe(204);
  });

  test('a clock that is put back keeps no receiver from learning the new secret', async () => {
    const { open, handlers, rotate, send, secrets, clock, pass } = await openRotation();
    const other = await open({ handlers });
    clock.advance(-3_600_000);
    expect(await send('event-1', 'f0'.repeat(32))).toBe(503);
    await pass(100);
    await rotate(other);
    await pass(100);
    expect(await send('event-2', secrets.at(-1))).toBe(204);
  });

  test('the quarantine takes no more than fits, and no long bodies', async () => {
    const { inbox, store, send, pass, clock, secrets } = await openRotation();
    void inbox.rotateSecret({ who: 'staff-7' });
    await pass(0);
    const receive = inbox.receiver();
    const forged = (at: number) =>
      receive(delivered(eventBody({ event_id: `event-${at}` }), 'f0'.repeat(32), clock.now()));
    const answers = await Promise.all(Array.from({ length: 2_200 }, (_, at) => forged(at)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect(await store.read.quarantined('default', 9_999)).toHaveLength(2_000);
    const long = eventBody({ event_id: 'long', note: 'x'.repeat(5_000) });
    expect((await receive(delivered(long, 'f0'.repeat(32), clock.now()))).status).toBe(503);
    expect(await send('event-good', secrets[0])).toBe(204);
    await pass(1_000);
    await inbox.runDue(budget);
  });
});

test('what nobody can open any more holds up nothing, and leaves the quarantine with the others', async () => {
  const { inbox, store, clock, pass, send, heard, deliveries, endpointId } = await openRotation();
  const row = { issuer: 'default', endpointId, receivedAt: clock.now(), sealedDelivery: new Uint8Array(64) };
  await store.transaction((tx) => tx.quarantine([{ ...row, id: 'q1' }], 9));
  await send('event-1');
  expect(await inbox.runDue(budget)).toMatchObject({ done: 1 });
  expect(heard).toEqual(['event-1']);
  await pass(15 * 60_000 + 1_000);
  await inbox.runDue(budget);
  expect(await store.read.quarantined('default', 9)).toEqual([]);
  expect(deliveries.at(-1)).toEqual({ outcome: 'lost' });
});

describe('an endpoint', () => {
  test('is created once, and its secret stands sealed in the store', async () => {
    const { inbox, secrets, store, endpointId, sandbox } = await openRotation();
    expect(await inbox.createEndpoint({ who: 'staff-7' })).toEqual({ outcome: 'known', endpointId });
    expect(sandbox.control.webhooks.endpoints()).toHaveLength(1);
    const [row] = await store.read.webhookEndpoints('default');
    const bytes = Buffer.concat([row?.sealedSecrets ?? Buffer.alloc(0), row?.wrappedKey ?? Buffer.alloc(0)]);
    expect(bytes.toString('latin1')).not.toContain(secrets[0]);
  });

  test('whose secret was lost gets one by rotating', async () => {
    const { inbox, store, endpointId, rotate, send, pass } = await openRotation();
    await store.transaction((tx) => tx.deleteWebhookEndpoint('default', endpointId));
    await pass(0);
    expect(await send('event-1')).toBe(503);
    expect(await inbox.endpoints()).toMatchObject([{ id: endpointId, atSeekPass: true, secretHeld: false }]);
    expect(await inbox.createEndpoint({ who: 'staff-7' })).toEqual({
      outcome: 'secret_unknown',
      endpointId,
    });
    expect(await rotate(inbox)).toEqual({ outcome: 'rotated', endpointId });
    expect(await send('event-2')).toBe(204);
  });

  test('that SEEK Pass does not have cannot be rotated', async () => {
    const { open } = await openInboxFixture();
    expect(await (await open()).rotateSecret({ who: 'staff-7' })).toEqual({ outcome: 'no_endpoint' });
  });

  test('that was deleted at SEEK Pass is made anew, and its secret counts no more', async () => {
    const { inbox, seekPass, endpointId, secrets, send, store } = await openRotation();
    await seekPass.webhooks.delete(endpointId);
    expect(await inbox.endpoints()).toMatchObject([{ id: endpointId, atSeekPass: false }]);
    expect(await inbox.createEndpoint({ who: 'staff-7' })).toMatchObject({ outcome: 'created' });
    expect(await store.read.webhookEndpoints('default')).toHaveLength(1);
    expect(await send('event-1', secrets[0])).toBe(400);
    expect(await send('event-1', secrets[1])).toBe(204);
  });
});
