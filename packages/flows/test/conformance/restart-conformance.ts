import { describe, expect, test } from 'vitest';
import { awardRow, historyRow, jobRow, newIssuer, recipientRow, start } from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

export function restartConformance(open: OpenStore): void {
  describe('a database that restarts in the middle', () => {
    test('awards stored meanwhile are there once, with their history and job', async (context) => {
      const { store, other, restart } = open();
      if (restart === undefined) return context.skip('this store has no server to restart');
      const issuer = newIssuer();
      await store.transaction((tx) => tx.insertRecipients([recipientRow(issuer, 'r1')]));
      const stored = new Set<number>();
      const storeOne = async (at: number) => {
        await (at % 2 === 0 ? store : other).transaction(async (tx) => {
          await tx.insertAwards([awardRow(issuer, `a${at}`, 'r1')]);
          await tx.appendHistory([historyRow(issuer, `a${at}`)]);
          await tx.enqueue([jobRow(issuer)]);
        });
        stored.add(at);
      };
      const writers = Array.from({ length: 8 }, async (_, lane) => {
        for (let at = lane; at < 1_600; at += 8) await storeOne(at);
      });
      const reader = (async () => {
        while (stored.size < 1_600) await store.read.countByState(issuer);
      })();
      while (stored.size < 200) await new Promise((resolve) => setImmediate(resolve));
      await restart();
      await Promise.all([...writers, reader]);
      expect(await other.read.countByState(issuer)).toEqual({ ready: 1_600 });
      const histories = await Promise.all(
        Array.from({ length: 1_600 }, async (_, at) => (await store.read.history(issuer, `a${at}`)).length),
      );
      expect(histories.every((lines) => lines === 1)).toBe(true);
      const claim = { issuers: [issuer], kinds: ['mail'], limit: 2_000, leaseMs: 1_000, now: start };
      expect(await store.jobs.claim(claim)).toHaveLength(1_600);
      return undefined;
    }, 90_000);
  });
}
