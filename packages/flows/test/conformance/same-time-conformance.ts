import { describe, expect, test } from 'vitest';
import { type Store, StoreConflict, type StoreReads, type StoreTransaction } from '../../src/store/ports.ts';
import {
  awardRow,
  historyRow,
  jobRow,
  newIssuer,
  recipientRow,
  start,
  stopRow,
  submissionRow,
} from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

export function sameTimeConformance(open: OpenStore): void {
  describe('what many ask for at the same time', () => {
    const ids = Array.from({ length: 30 }, (_, at) => `a${at}`);
    const storeAwards = (store: Store, issuer: string) =>
      store.transaction(async (tx) => {
        await tx.insertRecipients(ids.map((id) => recipientRow(issuer, `of ${id}`)));
        await tx.insertAwards(ids.map((id) => awardRow(issuer, id, `of ${id}`)));
      });

    test('is answered to each for itself, in a transaction and outside', async () => {
      const { store } = open();
      const [issuer, stranger] = [newIssuer(), newIssuer()];
      await storeAwards(store, issuer);
      await store.transaction((tx) => tx.setStopped(stopRow(issuer, 'education')));
      const asked = [...ids.toReversed(), 'none', 'a7'];
      const expected = [...ids.toReversed(), undefined, 'a7'];
      const lookUp = (read: StoreReads) =>
        Promise.all(
          asked.map(async (id) => {
            const award = await read.award(issuer, id);
            const person = await read.recipient(issuer, `of ${id}`);
            return award?.id === person?.id.slice('of '.length) ? award?.id : 'mixed up';
          }),
        );
      expect(await lookUp(store.read)).toEqual(expected);
      expect(await store.transaction(lookUp)).toEqual(expected);
      await store.transaction(async (tx) => {
        const locked = await Promise.all(asked.map((id) => tx.lockAward(issuer, id)));
        expect(locked.map((award) => award?.id)).toEqual(expected);
        const types = ['education', 'microcredential', 'education'];
        const stops = Promise.all([
          ...types.map((type) => tx.isStopped(issuer, type)),
          tx.isStopped(stranger, 'education'),
        ]);
        expect(await stops).toEqual([true, false, true, false]);
        expect(await Promise.all(asked.map((id) => tx.lockAward(stranger, id)))).toEqual(
          asked.map(() => undefined),
        );
      });
    });

    test('is stored for each of them', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await storeAwards(store, issuer);
      const step = async (tx: StoreTransaction, id: string, at: number) => {
        const award = await tx.lockAward(issuer, id);
        if (award === undefined) throw new Error(`${id} is gone`);
        await tx.insertSubmission(submissionRow(issuer, `s of ${id}`, id));
        await tx.updateAward({ ...award, generation: at + 2, facts: { submissions: [], heldUntil: at + 1 } });
        await tx.appendHistory([
          historyRow(issuer, id, { what: 'one' }),
          historyRow(issuer, id, { what: 'two' }),
        ]);
        await tx.enqueue([jobRow(issuer, { runAt: start + at })]);
        if (at % 2 === 0) await tx.acknowledgeSubmission(issuer, `s of ${id}`);
      };
      await store.transaction(async (tx) => {
        await Promise.all(ids.map((id, at) => step(tx, id, at)));
      });
      for (const [at, id] of ids.entries()) {
        expect(await other.read.award(issuer, id)).toMatchObject({
          generation: at + 2,
          facts: { heldUntil: at + 1 },
          revision: 2,
        });
        expect(await other.read.submissions(issuer, id)).toMatchObject([
          { id: `s of ${id}`, acknowledged: at % 2 === 0 },
        ]);
        expect((await other.read.history(issuer, id)).map(({ what }) => what)).toEqual(['one', 'two']);
      }
      expect(await other.jobs.backlog([issuer], start + 99)).toMatchObject({ due: ids.length });
    });

    test('is undone for all when one of them does not fit', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await storeAwards(store, issuer);
      const changing = store.transaction((tx) =>
        Promise.all(
          ids.map(async (id, at) => {
            const award = await tx.lockAward(issuer, id);
            if (award !== undefined)
              await tx.updateAward({ ...award, revision: at === 7 ? 9 : award.revision });
          }),
        ),
      );
      expect(StoreConflict.is(await changing.catch((error: unknown) => error))).toBe(true);
      const stored = await Promise.all(ids.map((id) => store.read.award(issuer, id)));
      expect(stored.map((award) => award?.revision)).toEqual(ids.map(() => 1));
    });
  });
}
