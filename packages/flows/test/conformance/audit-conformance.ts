import { describe, expect, test } from 'vitest';
import { sealAudit } from '../../src/audit/seal-audit.ts';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import type { AuditRow } from '../../src/store/audit.ts';
import { StoreConflict } from '../../src/store/ports.ts';
import { numbersIn } from '../../src/store/ranges.ts';
import { StandingClock } from '../standing-clock.ts';
import { hash, historyRow, newIssuer, start, stopRow } from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

export function auditConformance(open: OpenStore): void {
  const contextOf = (issuer: string, store = open().store) => ({
    issuer,
    store,
    lookupKey: hash('lookup key'),
    clock: new StandingClock(start),
  });
  const budget = { budgetMs: 60_000 };

  describe('the audit trail', () => {
    test('gives the lines about something, newest first', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await store.transaction((tx) =>
        tx.appendAudit([
          auditRow(issuer, { about: 'key:k1', what: 'first' }),
          auditRow(issuer, { about: 'key:k2' }),
          auditRow(issuer, { about: 'key:k1', what: 'second', why: null }),
          auditRow(issuer, { about: null }),
        ]),
      );
      expect((await other.read.auditOf(issuer, 'key:k1', 9)).map(({ what }) => what)).toEqual([
        'second',
        'first',
      ]);
      expect(await other.read.auditOf(issuer, null, 1)).toEqual([auditRow(issuer, { about: null })]);
      expect(await other.read.auditOf(newIssuer(), null, 1)).toEqual([]);
    });

    test('gives the lines of each source by position, page by page, from a time on', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const rows = Array.from({ length: 5 }, (_, at) => historyRow(issuer, `a${at}`, { at: start + at }));
      for (const row of rows) await store.transaction((tx) => tx.appendHistory([row]));
      const query = { issuer, source: 'award' as const, limit: 2 };
      const first = await other.read.trail({ ...query, after: 0, since: start + 1 });
      expect(first.map(({ row }) => row)).toEqual(rows.slice(1, 3));
      const second = await other.read.trail({ ...query, after: first[1]?.position ?? 0 });
      expect(second.map(({ row }) => row)).toEqual(rows.slice(3));
      const positions = [...first, ...second].map(({ position }) => position);
      expect(await other.read.trailAt(issuer, 'award', positions)).toEqual([...first, ...second]);
      expect(await other.read.trailAt(newIssuer(), 'award', positions)).toEqual([]);
    });

    test('waits to be covered from the moment it is written, from every source', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      expect(await other.read.unsealed(issuer)).toEqual({ lines: 0, oldestAt: null });
      await writeEverywhere(open, issuer);
      expect(await other.read.unsealed(issuer)).toEqual({ lines: 4, oldestAt: start });
      await expect(
        store.transaction(async (tx) => {
          await tx.appendAudit([auditRow(issuer)]);
          throw new Error('undone');
        }),
      ).rejects.toThrow('undone');
      expect((await other.read.unsealed(issuer)).lines).toBe(4);
    });

    test('hangs on a chain: every line is covered once, and the chain holds', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await writeEverywhere(open, issuer);
      expect(await sealAudit(contextOf(issuer), budget)).toEqual({
        links: 3,
        lines: 4,
        ended: 'nothing_waits',
      });
      await store.transaction((tx) => tx.appendAudit([auditRow(issuer)]));
      expect(await sealAudit(contextOf(issuer, other), budget)).toMatchObject({ links: 1, lines: 1 });
      const links = await other.read.auditLinks(issuer, 0, 10);
      expect(links.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
      expect(await other.read.lastAuditLink(issuer)).toEqual(links[3]);
      expect((await other.read.auditLinks(issuer, 2, 1)).map(({ number }) => number)).toEqual([3]);
      const covered = links.map(({ source, ranges }) => ({ source, lines: [...numbersIn(ranges)].length }));
      expect(covered).toEqual([
        { source: 'audit', lines: 1 },
        { source: 'award', lines: 2 },
        { source: 'stop', lines: 1 },
        { source: 'audit', lines: 1 },
      ]);
      expect(await verifyAudit(contextOf(issuer))).toMatchObject({ intact: true, links: 4, lines: 5 });
    });

    test('is taken in parts, oldest first; what was taken and not covered comes back', async () => {
      const { store } = open();
      const issuer = newIssuer();
      for (let at = 0; at < 5; at += 1)
        await store.transaction((tx) => tx.appendHistory([historyRow(issuer, `a${at}`)]));
      const all = (await store.read.trail({ issuer, source: 'award', after: 0, limit: 9 })).map(
        ({ position }) => position,
      );
      const taking = store.transaction(async (tx) => {
        expect(await tx.takeUnsealed(issuer, 'award', 2)).toEqual(all.slice(0, 2));
        expect(await tx.takeUnsealed(issuer, 'stop', 2)).toEqual([]);
        throw new Error('undone');
      });
      await expect(taking).rejects.toThrow('undone');
      await store.transaction(async (tx) => {
        expect(await tx.takeUnsealed(issuer, 'award', 2)).toEqual(all.slice(0, 2));
        expect(await tx.takeUnsealed(issuer, 'award', 9)).toEqual(all.slice(2));
      });
      expect(await store.read.unchainedLines(issuer, 'award', 2)).toEqual(all.slice(0, 2));
    });

    test('has one link of a number', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await writeEverywhere(open, issuer);
      await sealAudit(contextOf(issuer), budget);
      const [first] = await store.read.auditLinks(issuer, 0, 1);
      if (first === undefined) throw new Error('There is no link.');
      await expect(other.transaction((tx) => tx.insertAuditLink(first))).rejects.toSatisfy((error) =>
        StoreConflict.is(error),
      );
    });

    test('is chained once by many processes that write and chain at the same time', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const stores = [store, other];
      const writing = stores.flatMap((one, lane) =>
        Array.from({ length: 4 }, async (_, writer) => {
          for (let at = 0; at < 25; at += 1) {
            await one.transaction(async (tx) => {
              await tx.appendHistory([historyRow(issuer, `a${lane}-${writer}-${at}`)]);
              if (at % 5 === 0) await tx.appendAudit([auditRow(issuer)]);
            });
          }
        }),
      );
      const ended = new AbortController();
      const chaining = [...stores, ...stores].map(async (one) => {
        while (!ended.signal.aborted) {
          await sealAudit(contextOf(issuer, one), budget);
          await new Promise((resolve) => setImmediate(resolve));
        }
      });
      await Promise.all(writing);
      ended.abort();
      await Promise.all(chaining);
      await sealAudit(contextOf(issuer), budget);
      expect(await verifyAudit(contextOf(issuer, other))).toMatchObject({
        intact: true,
        lines: 240,
        waiting: { lines: 0 },
      });
      const links = await store.read.auditLinks(issuer, 0, 1_000);
      const covered = links.flatMap(({ source, ranges }) =>
        [...numbersIn(ranges)].map((position) => `${source} ${position}`),
      );
      expect(new Set(covered).size).toBe(240);
      expect(covered).toHaveLength(240);
    });
  });
}

/** A line of a member of staff about a key. */
function auditRow(issuer: string, change: Partial<AuditRow> = {}): AuditRow {
  return { issuer, at: start, who: 'staff-7', what: 'looked', about: 'key:k1', why: 'other', ...change };
}

/** Two lines of awards, one of the kill switch, one of something else. */
async function writeEverywhere(open: OpenStore, issuer: string): Promise<void> {
  const { store } = open();
  await store.transaction(async (tx) => {
    await tx.appendHistory([
      historyRow(issuer, 'a1', { payloadHash: hash('payload') }),
      historyRow(issuer, 'a2', { at: start + 1 }),
    ]);
    await tx.appendAudit([auditRow(issuer)]);
    await tx.setStopped(stopRow(issuer, null));
  });
}
