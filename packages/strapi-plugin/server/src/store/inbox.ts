import type {
  InboxChanges,
  InboxEventRow,
  InboxReads,
  InboxTaskRow,
  QuarantinedRow,
  WebhookEndpointRow,
} from '@seek-pass-kit/flows';
import { counted } from './counted.ts';
import { holdLock } from './locks.ts';
import { match, type Sql } from './sql.ts';
import { table } from './table.ts';
import type { MakeConflict } from './transaction.ts';

const events = table<InboxEventRow>('inbox_events', {
  issuer: 'key',
  eventId: 'key',
  type: 'text',
  kind: 'text',
  requestId: 'key',
  createdAt: 'time',
  receivedAt: 'time',
});

const tasks = table<InboxTaskRow>('inbox_tasks', {
  issuer: 'key',
  eventId: 'key',
  handler: 'key',
  state: 'key',
  round: 'integer',
  attempts: 'integer',
  reason: 'text',
  at: 'time',
  receivedAt: 'time',
  requestId: 'key',
});

const endpoints = table<WebhookEndpointRow>('webhook_endpoints', {
  issuer: 'key',
  id: 'key',
  url: 'text',
  wrappedKey: 'bytes',
  keyId: 'text',
  sealedSecrets: 'bytes',
  rotation: 'json',
  createdAt: 'time',
  revision: 'integer',
});

const quarantine = table<QuarantinedRow>('quarantine', {
  issuer: 'key',
  id: 'key',
  endpointId: 'key',
  receivedAt: 'time',
  sealedDelivery: 'bytes',
});

/** Look-ups of the webhook inbox. */
export function inboxReads(sql: Sql): InboxReads {
  return {
    inboxEvent: (issuer, eventId) => sql.first(events, match(events, { issuer, eventId })),
    inboxTasks: (issuer, eventId) =>
      sql.select(tasks, (query) => match(tasks, { issuer, eventId })(query).orderBy('handler')),
    inboxTasksIn: (issuer, state, limit) =>
      sql.select(tasks, (query) =>
        match(tasks, { issuer, state })(query).orderBy(['at', 'event_id', 'handler']).limit(limit),
      ),
    parkedTasks: (issuer, requestId, limit) =>
      sql.select(tasks, (query) => match(tasks, { issuer, requestId, state: 'parked' })(query).limit(limit)),
    async inboxCounts(issuer) {
      const {
        waiting = 0,
        parked = 0,
        dead = 0,
      } = await counted(sql, tasks, 'state', (query) =>
        match(tasks, { issuer })(query).whereIn('state', ['waiting', 'parked', 'dead']),
      );
      return { waiting, parked, dead };
    },
    async oldestUnhandledEvent(issuer) {
      const oldest = await sql.first(tasks, (query) =>
        match(tasks, { issuer, state: 'waiting' })(query).orderBy('received_at'),
      );
      return oldest?.receivedAt ?? null;
    },
    webhookEndpoints: (issuer) =>
      sql.select(endpoints, (query) => match(endpoints, { issuer })(query).orderBy(['created_at', 'id'])),
    quarantined: (issuer, limit) =>
      sql.select(quarantine, (query) =>
        match(quarantine, { issuer })(query).orderBy(['received_at', 'id']).limit(limit),
      ),
  };
}

/** Changes of the webhook inbox. */
export function inboxChanges(sql: Sql, conflict: MakeConflict): InboxChanges {
  return {
    async insertInboxEvents(rows) {
      const fresh: string[] = [];
      // One transaction after another, so that each sees which events are there.
      for (const issuer of [...new Set(rows.map((row) => row.issuer))].sort())
        await holdLock(sql, `inbox of ${issuer}`);
      for (const row of rows) {
        const { issuer, eventId } = row;
        if ((await sql.first(events, match(events, { issuer, eventId }))) !== undefined) continue;
        await sql.insert(events, [row]);
        fresh.push(eventId);
      }
      return fresh;
    },
    insertInboxTasks: (rows) => sql.insert(tasks, rows),
    async updateInboxTask({ issuer, eventId, handler, state, round, attempts, reason, at }, from) {
      const read = { issuer, eventId, handler, round: from.round, state: from.state };
      const changes = { state, round, attempts, reason, at };
      if ((await sql.update(tasks, changes, match(tasks, read))) === 0) throw conflict();
    },
    async putWebhookEndpoint(row) {
      const { issuer, id, revision } = row;
      const stored = { ...row, revision: revision + 1 };
      if (revision === 0) await sql.insert(endpoints, [stored]);
      else if ((await sql.update(endpoints, stored, match(endpoints, { issuer, id, revision }))) === 0)
        throw conflict();
    },
    async deleteWebhookEndpoint(issuer, id) {
      await sql.remove(endpoints, match(endpoints, { issuer, id }));
    },
    async quarantine(rows, most) {
      const [first] = rows;
      if (first === undefined) return true;
      const { issuer } = first;
      const known = await sql.selectSome(quarantine, ['id'], match(quarantine, { issuer }));
      const ids = new Set(known.map(({ id }) => id));
      const fresh = rows.filter(({ id }) => !ids.has(id));
      const kept = fresh.slice(0, Math.max(0, most - ids.size));
      await sql.insertMissing(quarantine, kept, ['issuer', 'id']);
      return kept.length === fresh.length;
    },
    async releaseQuarantined(issuer, ids) {
      await sql.remove(quarantine, (query) => match(quarantine, { issuer })(query).whereIn('id', [...ids]));
    },
    async sweepInboxEvents(issuer, before, limit) {
      const old = await sql.selectSome(events, ['eventId'], (query) =>
        match(events, { issuer })(query)
          .where('received_at', '<', before)
          .whereNotExists((open) => {
            void open
              .from({ task: tasks.name })
              .select('task.event_id')
              .where({ 'task.issuer': issuer })
              .whereIn('task.state', ['waiting', 'dead'])
              .whereRaw('?? = ??', ['task.event_id', `${events.name}.event_id`]);
          })
          .orderBy('received_at')
          .limit(limit),
      );
      for (const { eventId } of old) {
        await sql.remove(tasks, match(tasks, { issuer, eventId }));
        await sql.remove(events, match(events, { issuer, eventId }));
      }
      return old.length;
    },
  };
}
