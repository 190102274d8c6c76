import { SeekPass } from '@seek-pass-kit/core';
import { createMemoryStore, generateKeyRing, type Inbox, type VerifyFlow } from '@seek-pass-kit/flows';
import { describe, expect, test } from 'vitest';
import { getInboxToken, getVerifyFlowToken } from '../../src/index.ts';
import { adapters, openApp, openSeekPass } from '../http/open-app.ts';
import { inboxOnly, logInto, send, stranger, withoutSecret } from './deliveries.ts';

const receiverUrl = 'https://portal.example.edu/webhooks/seek-pass';
const second = 'https://portal.example.edu/webhooks/second';
const [, express] = adapters[0] ?? [];
const adapterOf = () => {
  if (express === undefined) throw new Error('There is no adapter.');
  return express();
};

describe('registerEndpoint', () => {
  test('has SEEK Pass send to every URL, once over many instances, and tells so', async () => {
    const seekPass = await openSeekPass();
    const lines: unknown[] = [];
    const shared = { store: createMemoryStore(), keys: generateKeyRing() };
    const webhooks = { receiverUrl: [receiverUrl, second], registerEndpoint: true };
    const options = withoutSecret(inboxOnly(seekPass, { ...shared, webhooks }));
    const instances = await Promise.all(
      [1, 2, 3].map(() =>
        openApp({ adapter: adapterOf(), registrations: [{ ...options, logger: logInto(lines) }] }),
      ),
    );
    const { webhooks: atSeekPass } = seekPass.sandbox.control;
    await expect.poll(() => atSeekPass.endpoints()).toHaveLength(2);
    await expect
      .poll(() => lines)
      .toEqual([
        { event: 'webhook_endpoint', outcome: 'created', route: '/webhooks/seek-pass' },
        { event: 'webhook_endpoint', outcome: 'created', route: '/webhooks/second' },
      ]);
    expect(instances).toHaveLength(3);
    for (const { app } of instances) await app.close();
    expect(await shared.store.read.webhookEndpoints('default')).toHaveLength(2);
    expect(atSeekPass.endpoints()).toHaveLength(2);
  });

  test('is tried again when SEEK Pass is away at the start, and the application runs meanwhile', async () => {
    const seekPass = await openSeekPass();
    const lines: unknown[] = [];
    const store = createMemoryStore();
    // The turns of a store go by the time of the machine, which does not wait for a test.
    Object.assign(store.limits, { turn: async () => ({ taken: true, waitMs: 0 }) });
    const options = withoutSecret(inboxOnly(seekPass, { store, webhooks: { registerEndpoint: true } }));
    const { control } = seekPass.sandbox;
    control.faults.set({ path: '/api/partner/v2/webhooks', effect: { kind: 'status', status: 503 } });
    const { url } = await openApp({
      adapter: adapterOf(),
      registrations: [{ ...options, logger: logInto(lines) }],
    });
    const sent = { url, secret: stranger, at: seekPass.clock.now() };
    expect(await send(sent)).toBe(503);
    const failed = { event: 'webhook_endpoint', outcome: 'failed', error: expect.any(String) };
    await expect.poll(() => lines).toContainEqual(failed);
    control.faults.clear();
    await seekPass.advance({ minutes: 2 });
    const created = { event: 'webhook_endpoint', outcome: 'created', route: '/webhooks/seek-pass' };
    await expect.poll(() => lines).toContainEqual(created);
    expect(control.webhooks.endpoints()).toHaveLength(1);
    expect(await send({ ...sent, at: seekPass.clock.now() })).toBe(400);
  });

  test('of an endpoint that was made by hand tells that its secret is unknown, unless the host holds it', async () => {
    for (const known of [false, true]) {
      const seekPass = await openSeekPass();
      const lines: unknown[] = [];
      const options = {
        ...inboxOnly(seekPass, { webhooks: { registerEndpoint: true } }),
        logger: logInto(lines),
      };
      const { app } = await openApp({
        adapter: adapterOf(),
        registrations: [inboxOnly(seekPass, { logger: false })],
      });
      await app.get(SeekPass).webhooks.create({ url: receiverUrl });
      const { app: tried } = await openApp({
        adapter: adapterOf(),
        registrations: [known ? options : withoutSecret(options)],
      });
      await tried.close();
      expect(lines).toEqual(
        known ? [] : [{ event: 'webhook_endpoint', outcome: 'no_secret', route: '/webhooks/seek-pass' }],
      );
      expect(seekPass.sandbox.control.webhooks.endpoints()).toHaveLength(1);
    }
  });
});

describe('without it', () => {
  test('nothing is made at SEEK Pass, and the log names where no secret is known', async () => {
    const seekPass = await openSeekPass();
    const lines: unknown[] = [];
    const webhooks = { receiverUrl: [receiverUrl, second] };
    const options = { ...withoutSecret(inboxOnly(seekPass, { webhooks })), logger: logInto(lines) };
    const { app } = await openApp({ adapter: adapterOf(), registrations: [options] });
    expect(lines).toEqual([
      { event: 'webhook_endpoint', outcome: 'no_secret', route: '/webhooks/seek-pass' },
      { event: 'webhook_endpoint', outcome: 'no_secret', route: '/webhooks/second' },
    ]);
    expect(seekPass.sandbox.control.webhooks.endpoints()).toEqual([]);
    const inbox = app.get<Inbox>(getInboxToken(), { strict: false });
    expect(await inbox.createEndpoint({ who: 'staff-7', url: second })).toMatchObject({ outcome: 'created' });
    expect(inbox.urlsWithoutSecret()).toEqual([receiverUrl]);
  });
});

describe('a rotation', () => {
  test('has every open verification polled, and then the application told', async () => {
    const seekPass = await openSeekPass();
    let told = 0;
    const onRotation = async (): Promise<void> => {
      told += 1;
    };
    const {
      addFlow: _add,
      claimPages: _pages,
      ...options
    } = seekPass.options({
      webhooks: { onRotation, refreshMs: 20 },
    });
    const { app } = await openApp({ adapter: adapterOf(), registrations: [options] });
    const flow = app.get<VerifyFlow>(getVerifyFlowToken(), { strict: false });
    const polled: unknown[] = [];
    const pollOpen = flow.pollOpen.bind(flow);
    Object.assign(flow, {
      pollOpen: (...given: Parameters<typeof pollOpen>) => {
        polled.push(given);
        return pollOpen(...given);
      },
    });
    const inbox = app.get<Inbox>(getInboxToken(), { strict: false });
    await inbox.createEndpoint({ who: 'staff-7' });
    const rotating = inbox.rotateSecret({ who: 'staff-7' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await seekPass.advance({ seconds: 1 });
    expect(await rotating).toMatchObject({ outcome: 'rotated' });
    await seekPass.runDue(app);
    expect([polled.length, told]).toEqual([1, 1]);
  });
});
