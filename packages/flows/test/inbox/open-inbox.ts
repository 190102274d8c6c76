import { randomUUID } from 'node:crypto';
import type { SeekPass } from '@seek-pass-kit/core';
import { sign } from '@seek-pass-kit/core/webhooks';
import { onTestFinished } from 'vitest';
import { createInbox, type Inbox } from '../../src/inbox/inbox.ts';
import type { InboxDelivery } from '../../src/inbox/inbox-delivery.ts';
import type { InboxOptions } from '../../src/inbox/inbox-options.ts';
import { generateKeyRing, keyRingFromText } from '../../src/keys/key-ring.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { openSeekPass, type SeekPassFixture } from '../open-seek-pass.ts';
import { fixtureStart } from '../standing-clock.ts';

/** Where the events of every fixture go. */
export const receiverUrl = 'https://portal.example.edu/webhooks/seek-pass';

/** How often the processes of a fixture read the secrets, by a clock that stands and timers that run. */
const refreshMs = 20;

/** A sandbox, a store, and inboxes over both: each is a process of its own. */
export interface InboxFixture extends Omit<SeekPassFixture, 'advance'> {
  readonly store: Store;
  readonly deliveries: InboxDelivery[];
  /** The secrets that SEEK Pass gave, newest last. */
  readonly secrets: string[];
  /** One more process, started. */
  readonly open: (change?: Partial<InboxOptions>) => Promise<Inbox>;
  /** Rotates to the end: time passes meanwhile. */
  readonly rotate: (inbox: Inbox) => ReturnType<Inbox['rotateSecret']>;
  /** Time passes, and every process reads the secrets. */
  readonly pass: (ms: number) => Promise<void>;
}

/** Opens a fixture; it closes when the test ends. */
export async function openInboxFixture(store: Store = createMemoryStore()): Promise<InboxFixture> {
  const { clock, sandbox, seekPass } = await openSeekPass({ maxAttempts: 1 });
  const keys = keyRingFromText(generateKeyRing());
  const deliveries: InboxDelivery[] = [];
  const secrets: string[] = [];
  const inboxes: Inbox[] = [];
  onTestFinished(async () => {
    for (const inbox of inboxes) inbox.close();
    await store.close();
  });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await new Promise((resolve) => {
      setTimeout(resolve, 3 * refreshMs);
    });
  };
  return {
    sandbox,
    seekPass,
    store,
    clock,
    deliveries,
    secrets,
    pass,
    async open(change = {}) {
      const inbox = createInbox({
        environment: 'sandbox',
        seekPass: { webhooks: noting(seekPass, secrets), now: () => clock.now() },
        store,
        keys,
        receiverUrl,
        handlers: {},
        onDelivery: (delivery) => deliveries.push(delivery),
        refreshMs,
        clock,
        random: () => 0.5,
        ...change,
      });
      inboxes.push(inbox);
      await inbox.start();
      return inbox;
    },
    async rotate(inbox) {
      return passingUntil(inbox.rotateSecret({ who: 'staff-7' }), () => pass(refreshMs));
    },
  };
}

/** Lets time pass until something is done. */
export async function passingUntil<T>(work: Promise<T>, pass: () => Promise<void>): Promise<T> {
  const end = work.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([end, pass().then(() => false)])));
  return work;
}

/** Notes the secrets that SEEK Pass hands out, as SEEK Pass itself knows them. */
function noting({ webhooks }: SeekPass, secrets: string[]): SeekPass['webhooks'] {
  return {
    ...webhooks,
    async create(input, call) {
      const made = await webhooks.create(input, call);
      if (made.secret !== undefined) secrets.push(made.secret.reveal());
      return made;
    },
    async rotateSecret(id, call) {
      const rotated = await webhooks.rotateSecret(id, call);
      secrets.push(rotated.secret.reveal());
      return rotated;
    },
  };
}

/** An event as SEEK Pass sends it. */
export function eventBody(change: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    event_id: randomUUID(),
    request_id: 'request-1',
    type: 'vwsp_request.verified',
    created_at: '2026-03-02T08:59:59.123456Z',
    ...change,
  });
}

/** A signed delivery of a body. */
export function delivered(
  body: string,
  secret: string,
  at: number = fixtureStart,
  url: string = receiverUrl,
): Request {
  const headers = sign({ body, secret, timestamp: Math.floor(at / 1_000) });
  return new Request(url, { method: 'POST', body, headers: { ...headers } });
}
