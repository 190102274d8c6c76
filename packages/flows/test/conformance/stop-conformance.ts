import { describe, expect, test } from 'vitest';
import { newIssuer, start, stopRow } from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

export function stopConformance(open: OpenStore): void {
  describe('the kill switch', () => {
    test('stops an issuer or one credential type, for all processes', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.setStopped(stopRow(issuer, 'education')));
      await store.transaction((tx) => tx.setStopped(stopRow(issuer, 'education')));
      expect(await other.read.isStopped(issuer, 'education')).toBe(true);
      expect(await other.read.isStopped(issuer, 'microcredential')).toBe(false);
      expect(await other.read.isStopped(issuer, null)).toBe(false);
      await store.transaction((tx) => tx.setStopped(stopRow(issuer, null)));
      await store.transaction((tx) => tx.setStopped(stopRow(issuer, 'education', false)));
      expect(await other.read.isStopped(issuer, null)).toBe(true);
      expect(await other.read.isStopped(issuer, 'education')).toBe(true);
      expect(await other.transaction((tx) => tx.isStopped(issuer, 'education'))).toBe(true);
      await store.transaction((tx) => tx.setStopped(stopRow(issuer, null, false)));
      expect(await other.read.isStopped(issuer, 'education')).toBe(false);
      expect(await other.transaction((tx) => tx.isStopped(issuer, null))).toBe(false);
    });

    test('keeps a record of every turn, newest first', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const turns = [
        stopRow(issuer, 'education', true, { why: 'wrong_data' }),
        stopRow(issuer, null, true, { who: 'staff-9', at: start + 1 }),
        stopRow(issuer, 'education', false, { why: 'resolved', at: start + 1 }),
      ];
      for (const turn of turns) await store.transaction((tx) => tx.setStopped(turn));
      expect(await other.read.stops(issuer, 9)).toEqual(turns.toReversed());
      expect(await other.read.stops(issuer, 1)).toEqual(turns.slice(2));
    });

    test('waits for whoever has read that it was not turned', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const order: string[] = [];
      let stopping: Promise<void> = Promise.resolve();
      await store.transaction(async (tx) => {
        expect(await tx.isStopped(issuer, 'education')).toBe(false);
        stopping = other
          .transaction((stop) => stop.setStopped(stopRow(issuer, null)))
          .then(() => void order.push('stopped'));
        // Another process has all the time to stop, were it not for us.
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
        order.push('issued');
      });
      await stopping;
      expect(order).toEqual(['issued', 'stopped']);
    });
  });
}
