import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../src/index.ts';
import { freshSandbox, partnerOf } from './partner.ts';
import type { Partner } from './partner.ts';
import { freshReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';

const all = '/api/partner/v2/webhooks';

async function withReceiver(): Promise<{ sandbox: Sandbox; partner: Partner; receiver: Receiver }> {
  const sandbox = await freshSandbox();
  sandbox.control.clock.freeze();
  const partner = await partnerOf(sandbox);
  const receiver = await freshReceiver();
  await partner.call('POST', all, { url: receiver.url });
  return { sandbox, partner, receiver };
}

const types = (receiver: Receiver) => receiver.received.map(({ body }) => JSON.parse(body).type);
const eventIds = (receiver: Receiver) => receiver.received.map(({ body }) => JSON.parse(body).event_id);
const requestIds = (receiver: Receiver) => receiver.received.map(({ body }) => JSON.parse(body).request_id);

describe('endpoints', () => {
  test('are created, listed, read, updated in both documented places and deleted', async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox);
    const created = await partner.call('POST', all, { url: 'https://a.example/hook', name: 'A' });
    expect([created.status, created.body.name]).toEqual([201, 'A']);
    const { id } = created.body;
    expect((await partner.call('PUT', all, { id, name: 'B' })).body.name).toBe('B');
    expect((await partner.call('PUT', `${all}/${id}`, { url: 'https://b.example/hook' })).body).toMatchObject(
      {
        name: 'B',
        url: 'https://b.example/hook',
      },
    );
    const listed = (await partner.call('GET', all)).body.webhooks;
    expect(listed).toEqual([(await partner.call('GET', `${all}/${id}`)).body]);
    expect(listed[0]).not.toHaveProperty('secret');
    expect((await partner.call('DELETE', `${all}/${id}`)).status).toBe(204);
    expect((await partner.call('GET', `${all}/${id}`)).status).toBe(404);
  });

  test('of another partner are not found', async () => {
    const other = { clientId: 'sandbox-other', clientSecret: 'a-secret-of-the-other-partner' };
    const sandbox = await freshSandbox({ moreClients: [other] });
    const [one, two] = [await partnerOf(sandbox), await partnerOf({ ...sandbox, ...other })];
    const { id } = (await one.call('POST', all, { url: 'https://a.example/hook' })).body;
    expect((await two.call('PUT', `${all}/${id}/secret`)).status).toBe(404);
    expect((await two.call('GET', all)).body.webhooks).toEqual([]);
  });

  test.each(['ftp://a.example/', 'not a url', ''])('with the address "%s" are refused', async (url) => {
    const partner = await partnerOf(await freshSandbox());
    expect((await partner.call('POST', all, { url })).status).toBe(422);
  });
});

describe('deliveries', () => {
  test('are retried with growing waits by the sandbox clock, signed anew with the time of the attempt, six times in all', async () => {
    const { sandbox, receiver } = await withReceiver();
    const { clock, webhooks } = sandbox.control;
    receiver.answer = 500;
    webhooks.trigger({ type: 'vwsp_request.verified' });
    await webhooks.idle();
    for (const seconds of [5, 30, 120, 600, 3600]) {
      clock.advance({ seconds: seconds - 1 });
      await webhooks.idle();
      const before = receiver.received.length;
      clock.advance({ seconds: 1 });
      await webhooks.idle();
      expect(receiver.received).toHaveLength(before + 1);
    }
    clock.advance({ hours: 100 });
    await webhooks.idle();
    expect(receiver.received).toHaveLength(6);
    expect(new Set(eventIds(receiver)).size).toBe(1);
    const stamps = receiver.received.map(({ headers }) => Number(headers['x-timestamp']));
    expect(stamps.map((stamp) => stamp - (stamps[0] ?? 0))).toEqual([0, 5, 35, 155, 755, 4355]);
    expect(webhooks.deliveries()[0]).toMatchObject({ state: 'given_up' });
  });

  test('that meet a closed connection are retried and then delivered once', async () => {
    const { sandbox, receiver } = await withReceiver();
    const { clock, webhooks } = sandbox.control;
    receiver.answer = 'drop';
    webhooks.trigger({ type: 'vwsp_request.verified' });
    await webhooks.idle();
    receiver.answer = 200;
    clock.advance({ seconds: 5 });
    await webhooks.idle();
    clock.advance({ hours: 10 });
    await webhooks.idle();
    expect(receiver.received).toHaveLength(2);
    const [delivery] = webhooks.deliveries();
    expect(delivery?.state).toBe('delivered');
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([null, 200]);
  });

  test('can be doubled, delayed and replayed with the same event_id', async () => {
    const { sandbox, receiver } = await withReceiver();
    const { clock, webhooks } = sandbox.control;
    const [first] = webhooks.trigger({ type: 'vwsp_request.verified', copies: 2, delayMs: 3000 });
    await webhooks.idle();
    expect(receiver.received).toHaveLength(0);
    clock.advance({ seconds: 3 });
    await webhooks.idle();
    webhooks.replay(first?.deliveryId ?? '');
    await webhooks.idle();
    expect(eventIds(receiver)).toHaveLength(3);
    expect(new Set(eventIds(receiver)).size).toBe(1);
  });

  test('can be sent in the wrong order', async () => {
    const { sandbox, receiver } = await withReceiver();
    const { webhooks } = sandbox.control;
    webhooks.trigger({ type: 'vwsp_request.verified', requestIds: ['a', 'b', 'c'], reorder: true });
    await webhooks.idle();
    expect(requestIds(receiver)).toEqual(['c', 'b', 'a']);
  });

  test('of real events can be held and let go newest first', async () => {
    const { sandbox, partner, receiver } = await withReceiver();
    const { learner, webhooks } = sandbox.control;
    webhooks.hold();
    for (const id of ['first', 'second']) {
      const request = { request_id: id, display_options: { partner_name: 'Examples' } };
      const answer = await partner.call(
        'POST',
        '/api/partner/v2/verify/requests/digital_identity.json',
        request,
      );
      learner.refuse({ link: answer.body.redirect_uri, email: 'kim@learners.example' });
    }
    await webhooks.idle();
    expect(receiver.received).toEqual([]);
    webhooks.release({ order: 'newest_first' });
    await webhooks.idle();
    expect(requestIds(receiver)).toEqual(['second', 'first']);
    expect(types(receiver)).toEqual(['vwsp_request.canceled', 'vwsp_request.canceled']);
  });

  test('go to the endpoints of the partner that asked, not to another partner’s', async () => {
    const other = { clientId: 'sandbox-other', clientSecret: 'a-secret-of-the-other-partner' };
    const sandbox = await freshSandbox({ moreClients: [other] });
    const [one, two] = [await partnerOf(sandbox), await partnerOf({ ...sandbox, ...other })];
    const receiver = await freshReceiver();
    await two.call('POST', all, { url: receiver.url });
    const request = { display_options: { partner_name: 'Examples' } };
    const answer = await one.call('POST', '/api/partner/v2/verify/requests/digital_identity.json', request);
    sandbox.control.learner.share({ link: answer.body.redirect_uri, email: 'kim@learners.example' });
    await sandbox.control.webhooks.idle();
    expect(receiver.received).toEqual([]);
  });
});
