import { randomUUID } from 'node:crypto';
import { sign } from '@seek-pass-kit/core/webhooks';
import { proof } from '@seek-pass-kit/prove';
import { describe, expect } from 'vitest';
import type { InboxDelivery } from '../../src/inbox/inbox-delivery.ts';
import { keyRingFromText } from '../../src/keys/key-ring.ts';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { anh, verificationInput } from '../verify/verify-fixture.ts';
import { createVerifyFlow } from '../../src/verify/verify-flow.ts';
import { openInstitution } from './institution.ts';
import { type ProofGround, useProofGround } from './proof-ground.ts';
import { LeapingClock, openInboxProcess } from './inbox-of-process.ts';
import { openWebhookPost } from './webhook-post.ts';

const skip = await postgresMissing();
const budget = { budgetMs: 60_000 };

describe.skipIf(skip)('the inbox on PostgreSQL', () => {
  const groundOf = useProofGround();

  proof(
    'security rule 15: the secret is rotated in the middle of the events of so many verifications, and the process that rotates is killed before it saves: no verification is lost',
    { small: 90, full: 1_000 },
    ({ size }) => rotateInTheMiddle(groundOf(), size),
  );

  proof(
    'a handler that throws once runs exactly once more, and its sibling does not run again, while two processes work',
    { small: 100, full: 1_000 },
    ({ size }) => failOnceEach(groundOf(), size),
  );
});

async function rotateInTheMiddle({ database, programs }: ProofGround, size: number): Promise<void> {
  const institution = await openInstitution(database.connectionString);
  const { sandbox, settings } = institution;
  const clock = new LeapingClock();
  const post = await openWebhookPost();
  const decided = new Map<string, number>();
  const deliveries: InboxDelivery[] = [];
  const open = () =>
    openInboxProcess(institution, post.url, clock, async (seekPass, store) => {
      const verify = createVerifyFlow({
        seekPass,
        environment: 'sandbox',
        store,
        keys: keyRingFromText(settings.keys),
        callbackBaseUrl: 'https://portal.example.edu/verify',
        brand: { name: 'Example University' },
        onDecision: ({ verificationId }) => {
          decided.set(verificationId, (decided.get(verificationId) ?? 0) + 1);
        },
        clock,
      });
      await verify.start();
      return {
        verify,
        options: {
          handlers: { verify: verify.inboxHandler },
          onRotation: async () => void (await verify.pollOpen(budget)),
          onDelivery: (delivery) => deliveries.push(delivery),
        },
      };
    });
  const [one, other] = [await open(), await open()];
  post.receivers.push(one.inbox.receiver(), other.inbox.receiver());
  await one.inbox.createEndpoint({ who: 'staff-7' });
  await expect.poll(async () => (await other.inbox.endpoints())[0]?.secretHeld).toBe(true);

  const links: string[] = [];
  const ids: string[] = [];
  for (let at = 0; at < size; at += 1) {
    const started = await one.verify.createVerification(
      verificationInput({ reference: `application ${at}` }),
    );
    if (started.outcome !== 'redirect') throw new Error(JSON.stringify(started));
    links.push(started.redirectUri);
    ids.push(started.verificationId);
  }
  /** So many people complete theirs; each brings about one event. */
  const complete = async (count: number) => {
    for (const link of links.splice(0, count)) sandbox.control.learner.share({ link, email: anh.email });
    await sandbox.control.webhooks.idle();
  };
  const third = Math.floor(size / 3);

  await complete(third);
  const rotator = programs.start('rotate', settings, post.url);
  await Promise.race([rotator.said('rotating'), rotator.crashed]);
  const whileRotating = Math.floor(third / 3);
  const beforeIt = complete(whileRotating);
  await Promise.race([rotator.said('rotated'), rotator.crashed]);
  expect(await rotator.kill()).toBe(true);
  await beforeIt;
  // SEEK Pass signs with a secret that nobody knows any more.
  await complete(third - whileRotating);
  expect(post.answers.get(503) ?? 0).toBeGreaterThan(0);
  expect(post.answers.get(400)).toBeUndefined();

  // The lease of the dead process ends, and another one rotates once more.
  clock.leap(61_000);
  sandbox.control.clock.advance({ ms: 61_000 });
  await expect
    .poll(
      async () => {
        await Promise.all([one.inbox.runDue(budget), other.inbox.runDue(budget)]);
        return (await one.store.read.webhookEndpoints('default'))[0]?.rotation;
      },
      { timeout: 20_000 },
    )
    .toBeNull();
  await complete(links.length);

  const quarantined = deliveries.filter(({ outcome }) => outcome === 'quarantined').length;
  expect(quarantined).toBeGreaterThan(0);
  for (let looks = 0; looks < 20 && decided.size < size; looks += 1) {
    clock.leap(60_000);
    sandbox.control.clock.advance({ ms: 60_000 });
    await Promise.all(
      [one, other].flatMap(({ inbox, verify }) => [inbox.runDue(budget), verify.runDue(budget)]),
    );
  }
  expect(decided.size).toBe(size);
  expect(new Set(decided.values())).toEqual(new Set([1]));
  const counts = await one.verify.counts();
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(size);
  expect(new Set(await Promise.all(ids.map(async (id) => (await one.verify.status(id))?.state)))).toEqual(
    new Set(['held']),
  );
}

async function failOnceEach({ database }: ProofGround, size: number): Promise<void> {
  const institution = await openInstitution(database.connectionString);
  const clock = new LeapingClock();
  const calls = { flaky: new Map<string, number>(), steady: new Map<string, number>() };
  const called = (handler: keyof typeof calls, eventId: string): number => {
    const times = (calls[handler].get(eventId) ?? 0) + 1;
    calls[handler].set(eventId, times);
    return times;
  };
  const url = 'http://127.0.0.1:9/webhooks/seek-pass';
  let secret = '';
  const open = () =>
    openInboxProcess(institution, url, clock, async (seekPass) => ({
      verify: undefined,
      options: {
        seekPass: {
          now: () => seekPass.now(),
          webhooks: {
            ...seekPass.webhooks,
            async create(input) {
              const made = await seekPass.webhooks.create(input);
              secret = made.secret?.reveal() ?? secret;
              return made;
            },
          },
        },
        handlers: {
          flaky: async ({ eventId }) => {
            if (called('flaky', eventId) === 1) throw new TypeError('Not this time.');
          },
          steady: async ({ eventId }) => {
            called('steady', eventId);
          },
        },
      },
    }));
  const [one, other] = [await open(), await open()];
  await one.inbox.createEndpoint({ who: 'staff-7' });
  const receive = one.inbox.receiver();
  const answers = await Promise.all(
    Array.from({ length: size }, () => receive(signed(url, secret, one.seekPass.now()))),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
  const work = () => Promise.all([one, other].map(({ inbox }) => inbox.runDue(budget)));
  await work();
  clock.leap(30_000);
  await work();
  clock.leap(3_600_000);
  await work();
  expect(new Set(calls.flaky.values())).toEqual(new Set([2]));
  expect(new Set(calls.steady.values())).toEqual(new Set([1]));
  expect([calls.flaky.size, calls.steady.size]).toEqual([size, size]);
  expect(await one.inbox.counts()).toEqual({ waiting: 0, parked: 0, dead: 0 });
}

/** An event of a verification that nobody knows, signed. */
function signed(url: string, secret: string, now: number): Request {
  const body = JSON.stringify({
    event_id: randomUUID(),
    request_id: randomUUID(),
    type: 'vwsp_request.verified',
    created_at: new Date(now).toISOString(),
  });
  const headers = { ...sign({ body, secret, timestamp: Math.floor(now / 1_000) }) };
  return new Request(url, { method: 'POST', headers, body });
}
