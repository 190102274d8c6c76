import { expect, test } from 'vitest';
import type { InboxHandler, InboxHandlers } from '../../src/inbox/inbox-handler.ts';
import { delivered, eventBody, openInboxFixture } from './open-inbox.ts';

const budget = { budgetMs: 1_000 };
const day = 24 * 3_600_000;

/** Hears, and throws as often as said. */
function hearing(failures = 0) {
  const heard: string[] = [];
  const handle: InboxHandler = async ({ type }) => {
    heard.push(type);
    if (heard.length <= failures) throw new TypeError('Lan is not a function');
  };
  return { heard, handle };
}

/** An inbox with handlers that may change, and what SEEK Pass does with it. */
async function open(handlers: InboxHandlers) {
  const notices: unknown[] = [];
  const fixture = await openInboxFixture();
  const inbox = await fixture.open({ handlers, onNotice: (notice) => notices.push(notice) });
  await inbox.createEndpoint({ who: 'staff-7' });
  const receive = inbox.receiver();
  const send = async (type: string, id: string) => {
    const body = eventBody({ event_id: id, type });
    const answer = await receive(delivered(body, fixture.secrets[0] ?? '', fixture.clock.now()));
    expect(answer.status).toBe(204);
  };
  const tasks = async (id: string) =>
    (await fixture.store.read.inboxTasks('default', id)).map(({ handler, state }) => `${handler} ${state}`);
  return { ...fixture, inbox, notices, send, tasks };
}

test('a handler of some types gets these, and leaves no trace at the others', async () => {
  const [some, every] = [hearing(), hearing()];
  const { inbox, send, tasks } = await open({
    some: { types: ['vwsp_request.verified', 'new.kind'], handle: some.handle },
    every: every.handle,
  });
  await send('vwsp_request.verified', 'one');
  await send('vwsp_request.canceled', 'two');
  await send('new.kind', 'three');
  await inbox.runDue(budget);
  expect(some.heard.sort()).toEqual(['new.kind', 'vwsp_request.verified']);
  expect(every.heard).toHaveLength(3);
  expect(await tasks('one')).toEqual(['every done', 'some done']);
  expect(await tasks('two')).toEqual(['every done']);
});

test('an event that no handler wants is received all the same, and goes with the old ones', async () => {
  const { inbox, send, store, pass } = await open({
    some: { types: ['new.kind'], handle: hearing().handle },
  });
  await send('vwsp_request.verified', 'one');
  expect(await store.read.inboxEvent('default', 'one')).toBeDefined();
  expect(await inbox.counts()).toEqual({ waiting: 0, parked: 0, dead: 0 });
  await inbox.runDue(budget);
  await pass(31 * day);
  await inbox.runDue(budget);
  expect(await store.read.inboxEvent('default', 'one')).toBeUndefined();
});

test('a handler that comes later gets what is received from then on', async () => {
  const later = hearing();
  const handlers: Record<string, InboxHandler> = {};
  const { inbox, send } = await open(handlers);
  await send('vwsp_request.verified', 'one');
  handlers['later'] = later.handle;
  await send('vwsp_request.canceled', 'two');
  await inbox.runDue(budget);
  expect(later.heard).toEqual(['vwsp_request.canceled']);
});

test('what waits for a handler that no process has had for a week holds up nothing; a replay takes it up', async () => {
  const gone = hearing(1);
  const handlers: Record<string, InboxHandler> = { gone: gone.handle };
  const { inbox, send, tasks, pass, notices, store, clock } = await open(handlers);
  await send('vwsp_request.verified', 'one');
  await inbox.runDue(budget);
  delete handlers['gone'];
  await pass(7 * day);
  await inbox.runDue(budget);
  expect(await inbox.lagMs()).toBe(7 * day);
  await pass(day);
  await inbox.runDue(budget);
  expect(await tasks('one')).toEqual(['gone done']);
  expect(await inbox.lagMs()).toBe(0);
  expect(await store.jobs.backlog(['default'], clock.now())).toMatchObject({ due: 0, dead: 0 });
  expect(notices).toEqual([
    { event: 'listener_failed', jobId: 'one', kind: 'inbox_event.gone', reason: 'TypeError' },
    { event: 'listener_gone', kind: 'inbox_event.gone', jobs: 1 },
  ]);
  handlers['gone'] = gone.handle;
  await inbox.runDue(budget);
  expect(gone.heard).toHaveLength(1);
  expect(await inbox.replay({ eventId: 'one', handler: 'gone', who: 'staff-7' })).toMatchObject({
    outcome: 'replayed',
  });
  await inbox.runDue(budget);
  expect(gone.heard).toHaveLength(2);
});
