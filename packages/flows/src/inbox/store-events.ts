import { gather } from '../store/gather.ts';
import type { InboxEventRow, InboxTaskRow } from '../store/inbox.ts';
import { taskJob } from './event-tasks.ts';
import type { InboxContext } from './inbox-options.ts';

/** Stores an event with a task for each handler of its type, unless it was there before. */
export type StoreEvent = (event: InboxEventRow) => Promise<'stored' | 'duplicate'>;

/** As many as one transaction stores. */
const most = 200;

/** Events that come at the same time share a transaction; what fails there is tried by itself. */
export function eventStore({ store, handlers, clock }: InboxContext): StoreEvent {
  const together = (events: readonly InboxEventRow[]) =>
    store.transaction(async (tx) => {
      const fresh = new Set(await tx.insertInboxEvents(events));
      // Of the same event twice in one go, the first is the one that was stored.
      const outcomes = events.map(({ eventId }) => (fresh.delete(eventId) ? 'stored' : 'duplicate'));
      const stored = events.filter((_, at) => outcomes[at] === 'stored');
      // By our own clock, which the workers go by; that of SEEK Pass may be ahead.
      const now = clock.now();
      const tasks = stored.flatMap((event) =>
        Object.entries(handlers)
          .filter(([, handler]) => typeof handler === 'function' || handler.types.includes(event.type))
          .map(([name]) => firstTask(event, name, now)),
      );
      await Promise.all([tx.insertInboxTasks(tasks), tx.enqueue(tasks.map((task) => taskJob(task, now)))]);
      return outcomes;
    });
  return gather<InboxEventRow, 'stored' | 'duplicate'>({
    most,
    inTurn: true,
    together,
    alone: async (event) => (await together([event]))[0] ?? 'duplicate',
  });
}

function firstTask(
  { issuer, eventId, receivedAt, requestId }: InboxEventRow,
  handler: string,
  at: number,
): InboxTaskRow {
  return {
    issuer,
    eventId,
    handler,
    state: 'waiting',
    round: 1,
    attempts: 0,
    reason: null,
    at,
    receivedAt,
    requestId,
  };
}
