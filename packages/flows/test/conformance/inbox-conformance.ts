import { describe, expect, test } from 'vitest';
import type {
  InboxEventRow,
  InboxTaskRow,
  QuarantinedRow,
  WebhookEndpointRow,
} from '../../src/store/inbox.ts';
import { StoreConflict } from '../../src/store/ports.ts';
import { plain } from './award-conformance.ts';
import { hash, newIssuer, start } from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

export function inboxConformance(open: OpenStore): void {
  describe('the webhook inbox', () => {
    test('stores an event once, and says which were new', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const [one, two] = [eventRow(issuer, 'e-2'), eventRow(issuer, 'e-1', { requestId: null })];
      expect(await store.transaction((tx) => tx.insertInboxEvents([one, two, one]))).toHaveLength(2);
      const changed = { ...one, type: 'other' };
      expect(await other.transaction((tx) => tx.insertInboxEvents([changed]))).toEqual([]);
      expect(await other.read.inboxEvent(issuer, 'e-2')).toEqual(one);
      expect(await other.read.inboxEvent(issuer, 'e-1')).toEqual(two);
      expect(await other.read.inboxEvent(newIssuer(), 'e-1')).toBeUndefined();
    });

    test('stores the same events from many transactions at once', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const rows = Array.from({ length: 20 }, (_, at) => eventRow(issuer, `e-${at}`));
      const stored = await Promise.all(
        [rows, rows.toReversed(), rows].map((batch, at) =>
          (at === 1 ? other : store).transaction((tx) => tx.insertInboxEvents(batch)),
        ),
      );
      expect(stored.flat().sort()).toEqual(rows.map(({ eventId }) => eventId).sort());
    });

    test('keeps the outcome of each handler by itself', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const [verify, audit] = [taskRow(issuer, 'e-1', 'verify'), taskRow(issuer, 'e-1', 'audit')];
      await store.transaction((tx) => tx.insertInboxTasks([verify, audit]));
      const done = { ...verify, state: 'done' as const, attempts: 2, at: start + 5 };
      await store.transaction((tx) => tx.updateInboxTask(done, verify));
      expect(await other.read.inboxTasks(issuer, 'e-1')).toEqual([audit, done]);
      await expect(store.transaction((tx) => tx.updateInboxTask(done, verify))).rejects.toSatisfy((error) =>
        StoreConflict.is(error),
      );
      const again = { ...done, state: 'waiting' as const, round: 2 };
      await store.transaction((tx) => tx.updateInboxTask(again, done));
      await expect(
        store.transaction((tx) => tx.updateInboxTask(again, { ...again, round: 1 })),
      ).rejects.toSatisfy((error) => StoreConflict.is(error));
    });

    test('counts and lists what is open, and tells since when the oldest waits', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      expect(await other.read.inboxCounts(issuer)).toEqual({ waiting: 0, parked: 0, dead: 0 });
      expect(await other.read.oldestUnhandledEvent(issuer)).toBeNull();
      const rows = [
        taskRow(issuer, 'e-1', 'verify', { state: 'done', receivedAt: start - 90 }),
        taskRow(issuer, 'e-2', 'verify', { receivedAt: start - 10 }),
        taskRow(issuer, 'e-3', 'verify', { receivedAt: start - 20 }),
        taskRow(issuer, 'e-4', 'verify', { state: 'parked', requestId: 'r-9' }),
        taskRow(issuer, 'e-5', 'verify', { state: 'dead', at: start + 2, reason: 'TypeError' }),
        taskRow(issuer, 'e-6', 'verify', { state: 'dead', at: start + 1, reason: 'rejected' }),
      ];
      await store.transaction((tx) => tx.insertInboxTasks(rows));
      expect(await other.read.inboxCounts(issuer)).toEqual({ waiting: 2, parked: 1, dead: 2 });
      expect(await other.read.oldestUnhandledEvent(issuer)).toBe(start - 20);
      expect(await other.read.inboxTasksIn(issuer, 'dead', 9)).toEqual([rows[5], rows[4]]);
      expect(await other.read.inboxTasksIn(issuer, 'dead', 1)).toEqual([rows[5]]);
      expect(await other.read.parkedTasks(issuer, 'r-9', 9)).toEqual([rows[3]]);
      expect(await other.read.parkedTasks(issuer, 'r-1', 9)).toEqual([]);
    });

    test('changes an endpoint only as it was read', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const row = endpointRow(issuer, 'w-1');
      await store.transaction((tx) => tx.putWebhookEndpoint(row));
      await expect(other.transaction((tx) => tx.putWebhookEndpoint(row))).rejects.toSatisfy((error) =>
        StoreConflict.is(error),
      );
      const rotation = { id: 'rot-1', who: 'staff-7', since: start };
      await other.transaction((tx) => tx.putWebhookEndpoint({ ...row, rotation, revision: 1 }));
      await expect(
        store.transaction((tx) => tx.putWebhookEndpoint({ ...row, revision: 1 })),
      ).rejects.toSatisfy((error) => StoreConflict.is(error));
      expect(plain(await store.read.webhookEndpoints(issuer))).toEqual(
        plain([{ ...row, rotation, revision: 2 }]),
      );
      await store.transaction((tx) => tx.deleteWebhookEndpoint(issuer, 'w-1'));
      await expect(
        store.transaction((tx) => tx.putWebhookEndpoint({ ...row, revision: 2 })),
      ).rejects.toSatisfy((error) => StoreConflict.is(error));
      expect(await other.read.webhookEndpoints(issuer)).toEqual([]);
    });

    test('keeps a bounded quarantine', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const rows = [1, 2, 3].map((at) => quarantinedRow(issuer, `q-${at}`, start + at));
      const keep = (some: readonly QuarantinedRow[], most: number) =>
        store.transaction((tx) => tx.quarantine(some, most));
      expect(await keep(rows.slice(0, 1), 2)).toBe(true);
      expect(await keep(rows.slice(0, 2), 3)).toBe(true);
      expect(await keep(rows.slice(2), 2)).toBe(false);
      expect(plain(await other.read.quarantined(issuer, 9))).toEqual(plain(rows.slice(0, 2)));
      await store.transaction((tx) => tx.releaseQuarantined(issuer, ['q-1', 'q-7']));
      expect(plain(await other.read.quarantined(issuer, 9))).toEqual(plain(rows.slice(1, 2)));
    });

    test('sweeps old events that no handler has to do with any more', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const states = {
        'e-done': 'done',
        'e-parked': 'parked',
        'e-waiting': 'waiting',
        'e-dead': 'dead',
      } as const;
      await store.transaction(async (tx) => {
        for (const [eventId, state] of Object.entries(states)) {
          await tx.insertInboxEvents([eventRow(issuer, eventId)]);
          const done = taskRow(issuer, eventId, 'audit', { state: 'done' });
          await tx.insertInboxTasks([done, taskRow(issuer, eventId, 'verify', { state })]);
        }
        await tx.insertInboxEvents([eventRow(issuer, 'e-young', { receivedAt: start + 1 })]);
      });
      const sweep = (limit: number) =>
        store.transaction((tx) => tx.sweepInboxEvents(issuer, start + 1, limit));
      expect(await sweep(1)).toBe(1);
      expect(await sweep(9)).toBe(1);
      expect(await sweep(9)).toBe(0);
      for (const eventId of ['e-waiting', 'e-dead', 'e-young'])
        expect(await other.read.inboxEvent(issuer, eventId)).toBeDefined();
      expect(await other.read.inboxEvent(issuer, 'e-done')).toBeUndefined();
      expect(await other.read.inboxTasks(issuer, 'e-parked')).toEqual([]);
    });
  });
}

function eventRow(issuer: string, eventId: string, change: Partial<InboxEventRow> = {}): InboxEventRow {
  return {
    issuer,
    eventId,
    type: 'vwsp_request.verified',
    kind: 'verified',
    requestId: 'r-1',
    createdAt: start - 1_000,
    receivedAt: start,
    ...change,
  };
}

function taskRow(
  issuer: string,
  eventId: string,
  handler: string,
  change: Partial<InboxTaskRow> = {},
): InboxTaskRow {
  return {
    issuer,
    eventId,
    handler,
    state: 'waiting',
    round: 1,
    attempts: 0,
    reason: null,
    at: start,
    receivedAt: start,
    requestId: 'r-1',
    ...change,
  };
}

function endpointRow(issuer: string, id: string): WebhookEndpointRow {
  return {
    issuer,
    id,
    url: 'https://portal.example.edu/webhooks/seek-pass',
    wrappedKey: hash('wrapped'),
    keyId: 'k1',
    sealedSecrets: Uint8Array.of(1, 0, 255),
    rotation: null,
    createdAt: start,
    revision: 0,
  };
}

function quarantinedRow(issuer: string, id: string, receivedAt: number): QuarantinedRow {
  return { issuer, id, endpointId: 'w-1', receivedAt, sealedDelivery: Uint8Array.of(1, 0, 255) };
}
