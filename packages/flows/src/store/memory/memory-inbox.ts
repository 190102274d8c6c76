import type {
  InboxChanges,
  InboxEventRow,
  InboxReads,
  InboxTaskRow,
  QuarantinedRow,
  WebhookEndpointRow,
} from '../inbox.ts';
import type { StoreConflict } from '../ports.ts';
import { keyOf, MemoryTable, type View } from './memory-table.ts';

/** Tables of the webhook inbox. */
export function inboxTables() {
  return {
    inboxEvents: new MemoryTable<InboxEventRow>((row) => keyOf(row.issuer, row.eventId), {
      issuer: (row) => row.issuer,
    }),
    inboxTasks: new MemoryTable<InboxTaskRow>(taskKey, {
      event: (row) => keyOf(row.issuer, row.eventId),
      open: (row) => (row.state === 'done' ? undefined : keyOf(row.issuer, row.state)),
      parked: (row) => (row.state === 'parked' ? keyOf(row.issuer, row.requestId ?? '') : undefined),
    }),
    webhookEndpoints: new MemoryTable<WebhookEndpointRow>((row) => keyOf(row.issuer, row.id), {
      issuer: (row) => row.issuer,
    }),
    quarantine: new MemoryTable<QuarantinedRow>((row) => keyOf(row.issuer, row.id), {
      issuer: (row) => row.issuer,
    }),
  };
}

type InboxTables = ReturnType<typeof inboxTables>;

/** Look-ups of the webhook inbox. */
export function inboxReads(tables: InboxTables, view: View): InboxReads {
  const inState = (issuer: string, state: InboxTaskRow['state']) =>
    tables.inboxTasks.find('open', keyOf(issuer, state), view);
  return {
    async inboxEvent(issuer, eventId) {
      return tables.inboxEvents.get(keyOf(issuer, eventId), view);
    },
    async inboxTasks(issuer, eventId) {
      const tasks = tables.inboxTasks.find('event', keyOf(issuer, eventId), view);
      return tasks.sort((a, b) => (a.handler < b.handler ? -1 : 1));
    },
    async inboxTasksIn(issuer, state, limit) {
      return inState(issuer, state)
        .sort((a, b) => a.at - b.at)
        .slice(0, limit);
    },
    async parkedTasks(issuer, requestId, limit) {
      return tables.inboxTasks.find('parked', keyOf(issuer, requestId), view).slice(0, limit);
    },
    async inboxCounts(issuer) {
      const count = (state: InboxTaskRow['state']) => inState(issuer, state).length;
      return { waiting: count('waiting'), parked: count('parked'), dead: count('dead') };
    },
    async oldestUnhandledEvent(issuer) {
      const waiting = inState(issuer, 'waiting').map(({ receivedAt }) => receivedAt);
      return waiting.reduce<number | null>((oldest, at) => Math.min(oldest ?? at, at), null);
    },
    async webhookEndpoints(issuer) {
      const endpoints = tables.webhookEndpoints.find('issuer', issuer, view);
      return endpoints.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    },
    async quarantined(issuer, limit) {
      const rows = tables.quarantine.find('issuer', issuer, view);
      return rows.sort((a, b) => a.receivedAt - b.receivedAt).slice(0, limit);
    },
  };
}

/** Changes of the webhook inbox. */
export function inboxChanges(tables: InboxTables, conflict: () => StoreConflict): InboxChanges {
  const { inboxEvents, inboxTasks, webhookEndpoints, quarantine } = tables;
  return {
    async insertInboxEvents(rows) {
      const fresh: string[] = [];
      for (const row of rows) {
        if (inboxEvents.get(keyOf(row.issuer, row.eventId), 'own') !== undefined) continue;
        inboxEvents.put(row);
        fresh.push(row.eventId);
      }
      return fresh;
    },
    async insertInboxTasks(rows) {
      for (const row of rows) {
        if (inboxTasks.get(taskKey(row), 'own') !== undefined) throw conflict();
        inboxTasks.put(row);
      }
    },
    async updateInboxTask(row, from) {
      const stored = inboxTasks.get(taskKey(row), 'own');
      if (stored?.round !== from.round || stored.state !== from.state) throw conflict();
      inboxTasks.put(row);
    },
    async putWebhookEndpoint(row) {
      const stored = webhookEndpoints.get(keyOf(row.issuer, row.id), 'own');
      if ((stored?.revision ?? 0) !== row.revision) throw conflict();
      webhookEndpoints.put({ ...row, revision: row.revision + 1 });
    },
    async deleteWebhookEndpoint(issuer, id) {
      webhookEndpoints.delete(keyOf(issuer, id));
    },
    async quarantine(rows, most) {
      for (const row of rows) {
        if (quarantine.get(keyOf(row.issuer, row.id), 'own') !== undefined) continue;
        if (quarantine.find('issuer', row.issuer, 'own').length >= most) return false;
        quarantine.put(row);
      }
      return true;
    },
    async releaseQuarantined(issuer, ids) {
      for (const id of ids) quarantine.delete(keyOf(issuer, id));
    },
    async sweepInboxEvents(issuer, before, limit) {
      const done = inboxEvents
        .find('issuer', issuer, 'own')
        .filter(({ receivedAt }) => receivedAt < before)
        .map(({ eventId }) => ({
          eventId,
          tasks: inboxTasks.find('event', keyOf(issuer, eventId), 'own'),
        }))
        .filter(({ tasks }) => tasks.every(({ state }) => state === 'done' || state === 'parked'))
        .slice(0, limit);
      for (const { eventId, tasks } of done) {
        for (const task of tasks) inboxTasks.delete(taskKey(task));
        inboxEvents.delete(keyOf(issuer, eventId));
      }
      return done.length;
    },
  };
}

function taskKey({ issuer, eventId, handler }: InboxTaskRow): string {
  return keyOf(issuer, eventId, handler);
}
