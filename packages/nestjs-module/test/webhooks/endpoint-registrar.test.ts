import { ManualClock } from '@seek-pass-kit/core/testing';
import type { EnsuredEndpoint, Inbox } from '@seek-pass-kit/flows';
import { expect, test } from 'vitest';
import { EndpointRegistrar } from '../../src/webhooks/endpoint-registrar.ts';

/** A registrar whose SEEK Pass answers when it is told to. */
function open() {
  const clock = new ManualClock();
  const lines: object[] = [];
  let answer: (ensured: EnsuredEndpoint[]) => void = () => undefined;
  const answered = new Promise<EnsuredEndpoint[]>((resolve) => (answer = resolve));
  const asked = { times: 0 };
  const ensureEndpoints = () => {
    asked.times += 1;
    return answered;
  };
  const inbox = { ensureEndpoints, urlsWithoutSecret: () => [] } as unknown as Inbox;
  const webhooks = { receiverUrl: 'https://portal.example.edu/webhooks', registerEndpoint: true };
  const registrar = new EndpointRegistrar({ inbox, log: (line) => lines.push(line) }, { webhooks, clock });
  return { clock, lines, asked, answer, registrar };
}

/** Whether it has ended by now. */
async function ended(work: Promise<void>): Promise<boolean> {
  return Promise.race([work.then(() => true), new Promise<false>((no) => setImmediate(() => no(false)))]);
}

test('the end waits for the answer to what was asked, and holds no timer after it', async () => {
  const { clock, lines, answer, registrar } = open();
  registrar.onApplicationBootstrap();
  const end = registrar.onModuleDestroy();
  expect(await ended(end)).toBe(false);
  answer([{ url: 'https://portal.example.edu/webhooks', outcome: 'created', endpointId: 'one' }]);
  await end;
  expect(lines).toEqual([{ event: 'webhook_endpoint', outcome: 'created', route: '/webhooks' }]);
  expect(clock.pendingTimers).toBe(0);
});

test('the end waits ten seconds for a SEEK Pass that does not answer', async () => {
  const { clock, registrar } = open();
  registrar.onApplicationBootstrap();
  const end = registrar.onModuleDestroy();
  clock.advance(9_999);
  expect(await ended(end)).toBe(false);
  clock.advance(1);
  await end;
});

test('nothing is asked when the application ended before it had started', async () => {
  const { clock, asked, registrar } = open();
  await registrar.onModuleDestroy();
  registrar.onApplicationBootstrap();
  expect([asked.times, clock.pendingTimers]).toEqual([0, 0]);
});
