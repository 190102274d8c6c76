import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/ports.ts';
import { awardRow, newIssuer, recipientRow, start, submissionRow } from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

const limit = 10;

export function pagingConformance(open: OpenStore): void {
  describe('lists', () => {
    test.each([0, 1, limit, limit + 1, 2 * limit, 2 * limit + 1])(
      '%i awards in pages of 10: each once, in the order of creation',
      async (count) => {
        const { store } = open();
        const issuer = newIssuer();
        const ids = await storeAwards(store, issuer, count);
        const seen: string[] = [];
        let pages = 0;
        let cursor: string | undefined;
        do {
          const page = await store.read.listAwards({
            issuer,
            limit,
            ...(cursor === undefined ? {} : { cursor }),
          });
          expect(page.awards.length).toBeLessThanOrEqual(limit);
          seen.push(...page.awards.map(({ id }) => id));
          cursor = page.cursor;
          pages += 1;
        } while (cursor !== undefined);
        expect(seen).toEqual(ids);
        expect(pages).toBe(Math.max(1, Math.ceil(count / limit)));
      },
    );

    test('lists and counts by state', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await storeAwards(store, issuer, 5);
      await store.transaction(async (tx) => {
        const added = { facts: { submissions: [{ attempt: 1, outcome: 'verified' }] } } as const;
        const withdrawn = { facts: { linkClosure: 'withdrawn', submissions: [] } } as const;
        await tx.insertAwards([awardRow(issuer, 'b1', 'r', added), awardRow(issuer, 'b2', 'r', withdrawn)]);
        const first = await tx.lockAward(issuer, 'a001');
        if (first !== undefined) await tx.updateAward({ ...first, ...added });
      });
      expect(await store.read.countByState(issuer)).toEqual({ ready: 4, added: 2, withdrawn: 1 });
      const { awards } = await store.read.listAwards({ issuer, limit, state: 'added' });
      expect(awards.map(({ id }) => id).sort()).toEqual(['a001', 'b1']);
    });

    test.each([0, -1, 1.5, 1_001])('refuses a page of %d', async (wrong) => {
      const refused = open().store.read.listAwards({ issuer: newIssuer(), limit: wrong });
      await expect(refused).rejects.toThrow(RangeError);
    });

    test('refuses a cursor that no page gave out', async () => {
      const refused = open().store.read.listAwards({
        issuer: newIssuer(),
        limit,
        cursor: "1'; drop table x",
      });
      await expect(refused).rejects.toThrow(RangeError);
    });

    test('submissions come due longest first; those that ended never', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const dueAt = [5, 3, 9, 3_000, null];
      await storeAwards(store, issuer, dueAt.length);
      await store.transaction(async (tx) => {
        for (const [at, due] of dueAt.entries()) {
          const nextPollAt = due === null ? null : start + due;
          await tx.insertSubmission(submissionRow(issuer, `s${at}`, `a00${at}`, { nextPollAt }));
        }
      });
      const due = async (now: number, most: number) =>
        (await store.read.submissionsDue(issuer, now, most)).map(({ id }) => id);
      expect(await due(start + 2, 9)).toEqual([]);
      expect(await due(start + 3, 9)).toEqual(['s1']);
      expect(await due(start + 100, 2)).toEqual(['s1', 's0']);
      expect(await due(start + 5_000, 9)).toEqual(['s1', 's0', 's2', 's3']);
    });

    test('submissions that are open still are put off together; one that ended stays as it is', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await storeAwards(store, issuer, 3);
      await store.transaction(async (tx) => {
        await tx.insertSubmission(submissionRow(issuer, 's0', 'a000', { nextPollAt: start }));
        await tx.insertSubmission(submissionRow(issuer, 's1', 'a001', { nextPollAt: start }));
        await tx.insertSubmission(
          submissionRow(issuer, 's2', 'a002', { nextPollAt: null, outcome: 'declined' }),
        );
        await tx.postponeSubmissions(issuer, []);
        await tx.postponeSubmissions(issuer, [
          { id: 's0', lastAskedAt: start + 1, nextPollAt: start + 10 },
          { id: 's1', lastAskedAt: start + 2, nextPollAt: null },
          { id: 's2', lastAskedAt: start + 3, nextPollAt: start + 30 },
          { id: 'nobody', lastAskedAt: start + 3, nextPollAt: start + 30 },
        ]);
      });
      const of = async (awardId: string) => (await store.read.submissions(issuer, awardId))[0];
      expect(await of('a000')).toMatchObject({
        lastAskedAt: start + 1,
        nextPollAt: start + 10,
        outcome: 'open',
      });
      expect(await of('a001')).toMatchObject({ lastAskedAt: start + 2, nextPollAt: null });
      expect(await of('a002')).toMatchObject({ nextPollAt: null, outcome: 'declined' });
    });

    test('due submissions are taken by one of many, longest due first, as they were', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const rows = Array.from({ length: 40 }, (_, at) =>
        submissionRow(issuer, `s${at}`, `a${String(at).padStart(3, '0')}`, { nextPollAt: start + at }),
      );
      await storeAwards(store, issuer, rows.length);
      await store.transaction(async (tx) => {
        for (const row of rows) await tx.insertSubmission(row);
      });
      const take = (of: Store, now: number, most: number) =>
        of.transaction((tx) => tx.takeSubmissionsDue(issuer, now, now + 60_000, most));
      expect(await take(store, start - 1, 9)).toEqual([]);
      expect(await take(store, start + 39, 3)).toMatchObject(
        rows.slice(0, 3).map(({ id, attempt, nextPollAt }) => ({ id, attempt, nextPollAt })),
      );
      const takers = Array.from({ length: 6 }, (_, at) => take(at % 2 === 0 ? store : other, start + 39, 5));
      const taken = (await Promise.all(takers)).flat().map(({ id }) => id);
      expect(new Set(taken).size).toBe(taken.length);
      const rest = await take(store, start + 39, 99);
      expect(taken.length + rest.length).toBe(37);
      expect(await take(other, start + 39, 9)).toEqual([]);
      expect(await take(other, start + 60_039, 99)).toHaveLength(40);
    });
  });
}

/** Awards in groups of three of the same millisecond; their ids in the order of creation. */
async function storeAwards(store: Store, issuer: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, at) => `a${String(at).padStart(3, '0')}`);
  await store.transaction(async (tx) => {
    await tx.insertRecipients([recipientRow(issuer, 'r')]);
    const rows = ids.map((id, at) => awardRow(issuer, id, 'r', { createdAt: start + Math.floor(at / 3) }));
    await tx.insertAwards(rows.toReversed());
  });
  return ids;
}
