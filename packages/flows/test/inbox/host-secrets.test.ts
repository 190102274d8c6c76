import { countedCalls } from '@seek-pass-kit/prove/counted-calls';
import { describe, expect, test } from 'vitest';
import { createInbox } from '../../src/inbox/inbox.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { fixtureStart } from '../standing-clock.ts';
import { delivered, eventBody, openInboxFixture, passingUntil, receiverUrl } from './open-inbox.ts';

const newest = 'a1'.repeat(32);
const former = 'b2'.repeat(32);
const stranger = 'c3'.repeat(32);
const budget = { budgetMs: 1_000 };

/** An inbox whose endpoint was made by hand: the host holds its secrets. */
async function openByHand() {
  const counted = countedCalls(createMemoryStore());
  const fixture = await openInboxFixture(counted.thing);
  const inbox = await fixture.open({ secrets: [newest, former] });
  const send = async (eventId: string, secret: string) =>
    (await inbox.receiver()(delivered(eventBody({ event_id: eventId }), secret, fixture.clock.now()))).status;
  return { ...fixture, inbox, send, calls: counted.calls };
}

describe('secrets that the host holds', () => {
  test('are accepted when the store holds none, and the second one counts as former', async () => {
    const { inbox, send, deliveries } = await openByHand();
    expect(inbox.urlsWithoutSecret()).toEqual([]);
    expect(await send('event-1', newest)).toBe(204);
    expect(await send('event-2', former)).toBe(204);
    expect(await send('event-3', stranger)).toBe(400);
    expect(deliveries).toEqual([
      { outcome: 'stored', formerSecret: false },
      { outcome: 'stored', formerSecret: true },
      { outcome: 'refused', reason: 'bad_signature' },
    ]);
  });

  test('security rule 15: what none of them signed asks the database nothing', async () => {
    const { send, calls } = await openByHand();
    const before = calls();
    for (let n = 0; n < 50; n += 1) expect(await send(`event-${n}`, stranger)).toBe(400);
    expect(calls()).toBe(before);
  });

  test('stand beside those of the store, which count as newer', async () => {
    const { inbox, send, deliveries, secrets } = await openByHand();
    expect(await inbox.createEndpoint({ who: 'staff-7' })).toMatchObject({ outcome: 'created' });
    expect(await send('event-1', secrets[0] ?? '')).toBe(204);
    expect(await send('event-2', newest)).toBe(204);
    expect(deliveries).toEqual([
      { outcome: 'stored', formerSecret: false },
      { outcome: 'stored', formerSecret: true },
    ]);
  });

  test('security rule 15: during a rotation of that endpoint what they signed is stored, and what fits none is quarantined', async () => {
    const { inbox, open, send, deliveries, secrets, seekPass, pass, store } = await openByHand();
    // Made by hand: SEEK Pass has it, the store has no secret of it.
    await seekPass.webhooks.create({ url: receiverUrl });
    expect(await inbox.createEndpoint({ who: 'staff-7' })).toMatchObject({ outcome: 'secret_unknown' });
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const rotator = await open({
      secrets: [newest, former],
      seekPass: {
        now: () => seekPass.now(),
        webhooks: {
          ...seekPass.webhooks,
          async rotateSecret(id) {
            const rotated = await seekPass.webhooks.rotateSecret(id);
            secrets.push(rotated.secret.reveal());
            await answered;
            return rotated;
          },
        },
      },
    });
    const rotating = rotator.rotateSecret({ who: 'staff-7' });
    await passingUntil(
      until(() => secrets.length > 0),
      () => pass(20),
    );
    expect(await send('event-1', newest)).toBe(204);
    expect(await send('event-2', secrets.at(-1) ?? '')).toBe(503);
    answer();
    expect(await passingUntil(rotating, () => pass(20))).toMatchObject({ outcome: 'rotated' });
    await pass(5_000);
    await inbox.runDue(budget);
    expect(deliveries.map(({ outcome }) => outcome)).toEqual(['stored', 'quarantined', 'recovered']);
    expect(await store.read.quarantined('default', 9)).toEqual([]);
    // The store knows a newer one now.
    expect(await send('event-3', newest)).toBe(204);
    expect(deliveries.at(-1)).toEqual({ outcome: 'stored', formerSecret: true });
  });

  test('sign the events that are made up against the sandbox', async () => {
    const { inbox } = await openByHand();
    const { headers, body } = inbox.sample({ type: 'vwsp_request.verified', requestId: 'request-1' });
    const request = new Request(receiverUrl, { method: 'POST', body, headers: { ...headers } });
    expect((await inbox.receiver()(request)).status).toBe(204);
  });

  test.each([
    ['a placeholder', 'your-webhook-secret'],
    ['a short one', 'a1b2c3'],
    ['white space', `${newest}\n`],
    ['an empty one', ''],
    ['an empty list', []],
    ['a bad one behind a good one', [newest, 'changeme-changeme']],
  ])('are refused before anything is opened: %s', async (_, secrets) => {
    const { seekPass, store, clock } = await openInboxFixture();
    const keys = { currentKeyId: 'k', lookupKey: new Uint8Array(32) } as never;
    const make = () =>
      createInbox({
        environment: 'sandbox',
        seekPass,
        store,
        keys,
        receiverUrl,
        handlers: {},
        clock,
        secrets,
      });
    expect(make).toThrow(expect.objectContaining({ code: 'invalid_configuration' }));
    const message = messageOf(make);
    for (const secret of [secrets].flat()) if (secret !== '') expect(message).not.toContain(secret);
  });

  test('are judged by the time of SEEK Pass as the others are', async () => {
    const { inbox, deliveries } = await openByHand();
    const late = delivered(eventBody(), newest, fixtureStart - 901_000);
    expect((await inbox.receiver()(late)).status).toBe(400);
    expect(deliveries).toEqual([{ outcome: 'refused', reason: 'too_old' }]);
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return String(error);
  }
  return '';
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}
