import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { sign, verifyWebhook } from '@seek-pass-kit/core/webhooks';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { compareCpu, round } from '../measure.mjs';

const secret = 'c4'.repeat(32);

const times = (work) => (calls) => {
  for (let n = 0; n < calls; n += 1) work();
};

/** CPU to verify and parse one webhook, beside a hand-written check and two well-known receivers. */
export async function webhooks({ quick }) {
  const body = JSON.stringify({
    event_id: randomUUID(),
    request_id: randomUUID(),
    type: 'vwsp_request.verified',
    created_at: '2026-11-20T01:02:03.123456Z',
  });
  const seconds = Math.floor(Date.now() / 1_000);
  const signed = sign({ body, secret, timestamp: seconds });
  const headers = { 'content-type': 'application/json', host: 'hooks.example.edu', ...signed };

  const byHand = () => {
    const expected = createHmac('sha256', secret).update(`${headers['x-timestamp']}.`).update(body).digest();
    const given = Buffer.from(headers['x-signature'], 'hex');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new Error('bad signature');
    return JSON.parse(body);
  };
  const standard = new Webhook(Buffer.from(secret, 'hex').toString('base64'));
  const standardHeaders = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(seconds),
    'webhook-signature': standard.sign('msg_1', new Date(seconds * 1_000), body),
  };
  const stripe = new Stripe('sk_test_bench');
  const stripeHeader = stripe.webhooks.generateTestHeaderString({
    payload: body,
    secret,
    timestamp: seconds,
  });

  const cpu = await compareCpu(
    {
      seekPass: times(() => verifyWebhook({ body, headers, secrets: secret, now: Date.now() })),
      byHand: times(byHand),
      stripe: times(() => stripe.webhooks.constructEvent(body, stripeHeader, secret)),
      standardwebhooks: times(() => standard.verify(body, standardHeaders)),
    },
    { calls: quick ? 5_000 : 30_000, rounds: quick ? 3 : 9 },
  );
  const peers = Object.fromEntries(Object.entries(cpu).map(([name, value]) => [name, round(value)]));
  return [
    {
      name: 'CPU per webhook against a hand-written HMAC and parse',
      value: round(cpu.seekPass / cpu.byHand),
      unit: '×',
      bar: 1.5,
      better: 'lower',
      peers,
    },
    {
      name: 'CPU per webhook against stripe-node',
      value: round(cpu.seekPass / cpu.stripe),
      unit: '×',
      bar: 1,
      better: 'lower',
      peers,
    },
    {
      name: 'standardwebhooks CPU per webhook against ours',
      value: round(cpu.standardwebhooks / cpu.seekPass),
      unit: '×',
      bar: 2,
      better: 'higher',
      peers,
    },
  ];
}
