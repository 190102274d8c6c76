import type {
  InboxChanges,
  InboxCounts,
  InboxEventRow,
  InboxReads,
  InboxTaskRow,
  QuarantinedRow,
  WebhookEndpointRow,
} from '../store/inbox.ts';
import type { StoreConflict } from '../store/ports.ts';
import { lookUp, type LookUpGathering } from './look-up.ts';
import type { Run } from './sql.ts';
import { columnArrays, insertStatement, selectList, table } from './table.ts';

const events = table<InboxEventRow>('inbox_events', {
  issuer: 'text',
  eventId: 'text',
  type: 'text',
  kind: 'text',
  requestId: 'text',
  createdAt: 'bigint',
  receivedAt: 'bigint',
});

const tasks = table<InboxTaskRow>('inbox_tasks', {
  issuer: 'text',
  eventId: 'text',
  handler: 'text',
  state: 'text',
  round: 'integer',
  attempts: 'integer',
  reason: 'text',
  at: 'bigint',
  receivedAt: 'bigint',
  requestId: 'text',
});

const endpoints = table<WebhookEndpointRow>('webhook_endpoints', {
  issuer: 'text',
  id: 'text',
  url: 'text',
  wrappedKey: 'bytea',
  keyId: 'text',
  sealedSecrets: 'bytea',
  rotation: 'jsonb',
  createdAt: 'bigint',
  revision: 'integer',
});

const quarantine = table<QuarantinedRow>('quarantine', {
  issuer: 'text',
  id: 'text',
  endpointId: 'text',
  receivedAt: 'bigint',
  sealedDelivery: 'bytea',
});

/** Look-ups of the webhook inbox. */
export function inboxReads(run: Run, schema: string, gathering: LookUpGathering): InboxReads {
  const event = lookUp(run, schema, { table: events, by: ['issuer', 'eventId'] }, gathering);
  const tasksOf = lookUp(
    run,
    schema,
    { table: tasks, by: ['issuer', 'eventId'], order: 'ORDER BY handler' },
    gathering,
  );
  const select = {
    task: `SELECT ${selectList(tasks)} FROM ${schema}.inbox_tasks`,
    endpoint: `SELECT ${selectList(endpoints)} FROM ${schema}.webhook_endpoints`,
    quarantined: `SELECT ${selectList(quarantine)} FROM ${schema}.quarantine`,
  };
  return {
    inboxEvent: async (issuer, eventId) => (await event(issuer, eventId))[0],
    inboxTasks: (issuer, eventId) => tasksOf(issuer, eventId),
    async inboxTasksIn(issuer, state, limit) {
      // The state stands in the text, so that the index of this state is used.
      const { rows } = await run<InboxTaskRow>(
        `${select.task} WHERE issuer = $1 AND state = '${state}' ORDER BY at, event_id, handler LIMIT $2`,
        [issuer, limit],
      );
      return rows;
    },
    async parkedTasks(issuer, requestId, limit) {
      const { rows } = await run<InboxTaskRow>(
        `${select.task} WHERE issuer = $1 AND request_id = $2 AND state = 'parked' LIMIT $3`,
        [issuer, requestId, limit],
      );
      return rows;
    },
    async inboxCounts(issuer) {
      const counts = ['waiting', 'parked', 'dead'].map(
        (state) =>
          `(SELECT count(*)::float8 FROM ${schema}.inbox_tasks WHERE issuer = $1 AND state = '${state}') AS ${state}`,
      );
      const { rows } = await run<InboxCounts>(`SELECT ${counts.join(', ')}`, [issuer]);
      return rows[0] ?? { waiting: 0, parked: 0, dead: 0 };
    },
    async oldestUnhandledEvent(issuer) {
      const { rows } = await run<{ receivedAt: number | null }>(
        `SELECT min(received_at)::float8 AS "receivedAt" FROM ${schema}.inbox_tasks
          WHERE issuer = $1 AND state = 'waiting'`,
        [issuer],
      );
      return rows[0]?.receivedAt ?? null;
    },
    async webhookEndpoints(issuer) {
      const { rows } = await run<WebhookEndpointRow>(
        `${select.endpoint} WHERE issuer = $1 ORDER BY created_at, id`,
        [issuer],
      );
      return rows;
    },
    async quarantined(issuer, limit) {
      const { rows } = await run<QuarantinedRow>(
        `${select.quarantined} WHERE issuer = $1 ORDER BY received_at, id LIMIT $2`,
        [issuer, limit],
      );
      return rows;
    },
  };
}

/** Changes of the webhook inbox. `conflict` makes the error of a change that found another row than was read. */
export function inboxChanges(run: Run, schema: string, conflict: () => StoreConflict): InboxChanges {
  return {
    async insertInboxEvents(rows) {
      if (rows.length === 0) return [];
      // In one order for all, so that two transactions that store the same events wait for each other and never both.
      const sorted = rows.toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1));
      const inserted = await run<{ eventId: string }>(
        `${insertStatement(schema, events)} ON CONFLICT (issuer, event_id) DO NOTHING RETURNING event_id AS "eventId"`,
        columnArrays(events, sorted),
      );
      return inserted.rows.map(({ eventId }) => eventId);
    },
    async insertInboxTasks(rows) {
      if (rows.length > 0) await run(insertStatement(schema, tasks), columnArrays(tasks, rows));
    },
    async updateInboxTask(row, from) {
      const { count } = await run(
        `UPDATE ${schema}.inbox_tasks SET state = $4, round = $5, attempts = $6, reason = $7, at = $8
          WHERE issuer = $1 AND event_id = $2 AND handler = $3 AND round = $9 AND state = $10`,
        [
          row.issuer,
          row.eventId,
          row.handler,
          row.state,
          row.round,
          row.attempts,
          row.reason,
          row.at,
          from.round,
          from.state,
        ],
      );
      if (count === 0) throw conflict();
    },
    async putWebhookEndpoint(row) {
      const stored = { ...row, revision: row.revision + 1 };
      const { count } =
        row.revision === 0
          ? await run(
              `${insertStatement(schema, endpoints)} ON CONFLICT (issuer, id) DO NOTHING`,
              columnArrays(endpoints, [stored]),
            )
          : await run(
              `UPDATE ${schema}.webhook_endpoints SET url = $3, wrapped_key = $4, key_id = $5, sealed_secrets = $6,
                  rotation = $7, revision = $8
                WHERE issuer = $1 AND id = $2 AND revision = $8 - 1`,
              [
                row.issuer,
                row.id,
                row.url,
                row.wrappedKey,
                row.keyId,
                row.sealedSecrets,
                row.rotation === null ? null : JSON.stringify(row.rotation),
                stored.revision,
              ],
            );
      if (count === 0) throw conflict();
    },
    async deleteWebhookEndpoint(issuer, id) {
      await run(`DELETE FROM ${schema}.webhook_endpoints WHERE issuer = $1 AND id = $2`, [issuer, id]);
    },
    async quarantine(rows, most) {
      const [first] = rows;
      if (first === undefined) return true;
      const { rows: room } = await run<{ left: number }>(
        `SELECT $2 - count(*)::float8 AS "left" FROM ${schema}.quarantine WHERE issuer = $1`,
        [first.issuer, most],
      );
      const kept = rows.slice(0, Math.max(0, room[0]?.left ?? 0));
      if (kept.length > 0) {
        await run(
          `${insertStatement(schema, quarantine)} ON CONFLICT (issuer, id) DO NOTHING`,
          columnArrays(quarantine, kept),
        );
      }
      return kept.length === rows.length;
    },
    async releaseQuarantined(issuer, ids) {
      await run(`DELETE FROM ${schema}.quarantine WHERE issuer = $1 AND id = ANY($2)`, [issuer, ids]);
    },
    async sweepInboxEvents(issuer, before, limit) {
      const { count } = await run(
        `WITH old AS MATERIALIZED (
            SELECT event_id FROM ${schema}.inbox_events event WHERE issuer = $1 AND received_at < $2 AND NOT EXISTS (
              SELECT FROM ${schema}.inbox_tasks task WHERE task.issuer = $1 AND task.event_id = event.event_id
                AND task.state IN ('waiting', 'dead'))
            ORDER BY received_at LIMIT $3 FOR UPDATE SKIP LOCKED),
          tasks AS (DELETE FROM ${schema}.inbox_tasks WHERE issuer = $1 AND event_id IN (SELECT event_id FROM old))
          DELETE FROM ${schema}.inbox_events WHERE issuer = $1 AND event_id IN (SELECT event_id FROM old)`,
        [issuer, before, limit],
      );
      return count;
    },
  };
}
