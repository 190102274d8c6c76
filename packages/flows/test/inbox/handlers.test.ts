import { type Clock, SeekPassError } from '@seek-pass-kit/core';
import { describe, expect, test } from 'vitest';
import type { InboxHandler } from '../../src/inbox/inbox-handler.ts';
import type { InboxOptions } from '../../src/inbox/inbox-options.ts';
import { delivered, eventBody, type InboxFixture, openInboxFixture } from './open-inbox.ts';

const budget = { budgetMs: 1_000 };
const hourMs = 3_600_000;

/** An inbox that has received one event. */
async function openWithEvent(handlers: InboxOptions['handlers'], change: Partial<InboxOptions> = {}) {
  const fixture = await openInboxFixture();
  const inbox = await fixture.open({ handlers, ...change });
  await inbox.createEndpoint({ who: 'staff-7' });
  const receive = inbox.receiver();
  const answer = await receive(delivered(eventBody({ event_id: 'event-1' }), fixture.secrets[0] ?? ''));
  return { ...fixture, inbox, receive, answer };
}

/** Fails as often as said, and counts. */
function failing(times: number, error: unknown = new TypeError('Lan is not a function')) {
  const handler = { calls: 0, run: undefined as unknown as InboxHandler };
  handler.run = async () => {
    handler.calls += 1;
    if (handler.calls <= times) throw error;
  };
  return handler;
}

const tasksOf = async ({ store }: Pick<InboxFixture, 'store'>) =>
  (await store.read.inboxTasks('default', 'event-1')).map(({ handler, state, attempts, reason }) => ({
    handler,
    state,
    attempts,
    reason,
  }));

describe('handlers', () => {
  test('one that throws once runs exactly once more, and its sibling does not run again', async () => {
    const [verify, audit] = [failing(1), failing(0)];
    const { inbox, answer, store, pass } = await openWithEvent({ verify: verify.run, audit: audit.run });
    expect(answer.status).toBe(204);
    expect(await inbox.runDue(budget)).toMatchObject({ done: 2 });
    expect([verify.calls, audit.calls]).toEqual([1, 1]);
    expect(await tasksOf({ store })).toEqual([
      { handler: 'audit', state: 'done', attempts: 1, reason: null },
      { handler: 'verify', state: 'waiting', attempts: 1, reason: 'TypeError' },
    ]);
    for (let tries = 0; tries < 5; tries += 1) {
      await pass(hourMs);
      await inbox.runDue(budget);
    }
    expect([verify.calls, audit.calls]).toEqual([2, 1]);
    expect(await inbox.counts()).toEqual({ waiting: 0, parked: 0, dead: 0 });
  });

  test('one that goes on failing is given up in the end, is listed, and runs again when it is replayed', async () => {
    const [verify, audit] = [failing(16), failing(0)];
    const { inbox, store, pass } = await openWithEvent({ verify: verify.run, audit: audit.run });
    for (let tries = 0; tries < 20; tries += 1) {
      await inbox.runDue(budget);
      await pass(5 * hourMs);
    }
    expect([verify.calls, audit.calls]).toEqual([16, 1]);
    expect(await inbox.dead()).toMatchObject([
      { eventId: 'event-1', handler: 'verify', state: 'dead', attempts: 16, reason: 'TypeError' },
    ]);
    expect(await store.jobs.dead('default', 9)).toEqual([]);
    const replay = () => inbox.replay({ eventId: 'event-1', who: 'staff-7' });
    expect(await replay()).toEqual({ outcome: 'replayed', handlers: ['verify'] });
    expect(await replay()).toEqual({ outcome: 'nothing_to_do', handlers: [] });
    await Promise.all([inbox.runDue(budget), inbox.runDue(budget)]);
    expect([verify.calls, audit.calls]).toEqual([17, 1]);
    expect(await replay()).toEqual({ outcome: 'nothing_to_do', handlers: [] });
    expect(await store.read.auditOf('default', 'event:event-1', 9)).toMatchObject([
      { who: 'staff-7', what: 'event_replayed', why: 'verify' },
    ]);
  });

  test('one is given up at once when SEEK Pass says what will not change', async () => {
    const verify = failing(9, new SeekPassError('rejected', 'SEEK Pass refused it.'));
    const notices: unknown[] = [];
    const onNotice = (notice: unknown) => notices.push(notice);
    const { inbox, store } = await openWithEvent({ verify: verify.run }, { onNotice });
    await inbox.runDue(budget);
    expect(notices).toEqual([
      { event: 'job_dead', jobId: 'event-1', kind: 'inbox_event.verify', reason: 'rejected' },
    ]);
    expect(await tasksOf({ store })).toEqual([
      { handler: 'verify', state: 'dead', attempts: 1, reason: 'rejected' },
    ]);
  });

  test('one that never ends is told to stop after five minutes, and has failed; the others go on', async () => {
    const fixture = await openInboxFixture();
    const asked: number[] = [];
    const clock: Clock = {
      now: () => fixture.clock.now(),
      setTimer(ms, callback) {
        if (ms < 5 * 60_000) return fixture.clock.setTimer(ms, callback);
        asked.push(ms);
        return fixture.clock.setTimer(1, callback);
      },
    };
    let told: AbortSignal | undefined;
    const audit = failing(0);
    const hang: InboxHandler = (_, { signal }) => {
      told = signal;
      return new Promise(() => undefined);
    };
    const inbox = await fixture.open({ clock, handlers: { hang, audit: audit.run } });
    await inbox.createEndpoint({ who: 'staff-7' });
    await inbox.receiver()(delivered(eventBody({ event_id: 'event-1' }), fixture.secrets[0] ?? ''));
    await inbox.runDue(budget);
    expect(new Set(asked)).toEqual(new Set([5 * 60_000]));
    expect(told?.aborted).toBe(true);
    expect(await tasksOf(fixture)).toEqual([
      { handler: 'audit', state: 'done', attempts: 1, reason: null },
      { handler: 'hang', state: 'waiting', attempts: 1, reason: 'HandlerTimeout' },
    ]);
  });

  test('a replay reaches what is done only by the name of its handler', async () => {
    const [verify, audit] = [failing(0), failing(0)];
    const { inbox } = await openWithEvent({ verify: verify.run, audit: audit.run });
    await inbox.runDue(budget);
    const replay = (handler?: string, eventId = 'event-1') =>
      inbox.replay({ eventId, who: 'staff-7', ...(handler === undefined ? {} : { handler }) });
    expect((await replay()).outcome).toBe('nothing_to_do');
    expect((await replay('other')).outcome).toBe('unknown_handler');
    expect((await replay('audit', 'event-9')).outcome).toBe('unknown_event');
    expect(await replay('audit')).toEqual({ outcome: 'replayed', handlers: ['audit'] });
    await inbox.runDue(budget);
    expect([verify.calls, audit.calls]).toEqual([1, 2]);
  });

  test('what waits for hours after a failure may be replayed now, and runs once', async () => {
    const verify = failing(9);
    const { inbox, pass } = await openWithEvent({ verify: verify.run });
    for (let tries = 0; tries < 9; tries += 1) {
      await inbox.runDue(budget);
      await pass(5 * hourMs);
    }
    expect(verify.calls).toBe(9);
    await inbox.replay({ eventId: 'event-1', who: 'staff-7' });
    await inbox.runDue(budget);
    expect(verify.calls).toBe(10);
    await pass(24 * hourMs);
    await inbox.runDue(budget);
    expect(verify.calls).toBe(10);
  });

  test('a process without a handler leaves its events to the others', async () => {
    const verify = failing(0);
    const { inbox, open } = await openWithEvent({ verify: verify.run });
    const other = await open({ handlers: { audit: failing(0).run } });
    expect(await other.runDue(budget)).toMatchObject({ done: 0 });
    await inbox.runDue(budget);
    expect(verify.calls).toBe(1);
  });

  test('are called at once, also when the clock of SEEK Pass is hours ahead', async () => {
    const verify = failing(0);
    const { open, seekPass, secrets, clock, pass } = await openInboxFixture();
    const ahead = { webhooks: seekPass.webhooks, now: () => clock.now() + 5 * hourMs };
    const noted: string[] = [];
    const inbox = await open({
      handlers: { verify: verify.run, wait: async () => 'parked' },
      seekPass: {
        ...ahead,
        webhooks: {
          ...seekPass.webhooks,
          async create(input) {
            const made = await seekPass.webhooks.create(input);
            noted.push(made.secret?.reveal() ?? '');
            return made;
          },
        },
      },
    });
    await inbox.createEndpoint({ who: 'staff-7' });
    const answer = await inbox.receiver()(delivered(eventBody(), noted[0] ?? '', ahead.now()));
    expect([answer.status, secrets]).toEqual([204, []]);
    await inbox.runDue(budget);
    expect(verify.calls).toBe(1);
    await pass(2 * hourMs);
    await inbox.runDue(budget);
    expect(await inbox.counts()).toEqual({ waiting: 0, parked: 1, dead: 0 });
  });

  test('what one did for a lease that it had lost does not count', async () => {
    const { inbox, store, clock, open } = await openWithEvent({
      verify: async (_event, { signal }) => {
        // Stood still for so long that another worker has the event.
        clock.advance(2 * 60_000);
        await other.runDue(budget);
        expect(signal.aborted).toBe(false);
        throw new Error('too late');
      },
    });
    const other = await open({ handlers: { verify: async () => 'done' } });
    expect(await inbox.runDue(budget)).toMatchObject({ lost: 1 });
    expect(await tasksOf({ store })).toMatchObject([{ state: 'done' }]);
  });
});

describe('a parked event', () => {
  test('security rule 15: is tried again for a while, then left parked, and taken up when its verification appears', async () => {
    const asked: number[] = [];
    let known = false;
    const { inbox, store, clock, pass } = await openWithEvent({
      verify: async () => {
        asked.push(clock.now());
        return known ? 'done' : 'parked';
      },
    });
    await inbox.runDue(budget);
    expect(await tasksOf({ store })).toMatchObject([{ state: 'parked', attempts: 1 }]);
    for (let tries = 0; tries < 40; tries += 1) {
      await pass(5 * 60_000);
      await inbox.runDue(budget);
    }
    const tried = asked.length;
    expect(tried).toBeGreaterThan(5);
    expect(Number(asked.at(-1)) - Number(asked[0])).toBeLessThan(1.2 * hourMs);
    expect(await inbox.counts()).toEqual({ waiting: 0, parked: 1, dead: 0 });
    expect(await inbox.lagMs()).toBe(0);
    known = true;
    await inbox.unpark('request-9');
    expect(await inbox.counts()).toMatchObject({ parked: 1 });
    await inbox.unpark('request-1');
    await inbox.runDue(budget);
    expect(asked).toHaveLength(tried + 1);
    expect(await tasksOf({ store })).toMatchObject([{ state: 'done' }]);
  });
});

describe('old events', () => {
  test('go some days after they were handled; one that is given up stays', async () => {
    const { inbox, store, pass, receive, secrets, clock } = await openWithEvent(
      { verify: failing(1, new SeekPassError('rejected', 'no')).run },
      { keepDays: 2 },
    );
    await inbox.runDue(budget);
    await receive(delivered(eventBody({ event_id: 'event-2' }), secrets[0] ?? '', clock.now()));
    await inbox.runDue(budget);
    await pass(2 * 24 * hourMs + 1);
    await inbox.runDue(budget);
    expect(await store.read.inboxEvent('default', 'event-2')).toBeUndefined();
    expect(await store.read.inboxEvent('default', 'event-1')).toBeDefined();
  });
});
