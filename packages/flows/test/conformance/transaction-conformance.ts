import { describe, expect, test } from 'vitest';
import { type Store, StoreConflict } from '../../src/store/ports.ts';
import {
  awardRow,
  hash,
  historyRow,
  jobRow,
  newIssuer,
  recipientRow,
  start,
  stopRow,
  submissionRow,
} from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

const everything = { kinds: ['mail'], limit: 10, leaseMs: 1_000, now: start };

/** One award with its recipient, history and job. */
export async function storeAward(store: Store, issuer: string, awardId = 'a1'): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.insertRecipients([recipientRow(issuer, 'r1')]);
    await tx.insertAwards([awardRow(issuer, awardId, 'r1')]);
    await tx.appendHistory([historyRow(issuer, awardId)]);
    await tx.enqueue([jobRow(issuer)]);
  });
}

export function transactionConformance(open: OpenStore): void {
  describe('transactions', () => {
    test('an award, its history and its job are stored together', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await storeAward(store, issuer);
      expect((await other.read.award(issuer, 'a1'))?.recipientId).toBe('r1');
      expect(await other.read.history(issuer, 'a1')).toHaveLength(1);
      expect(await other.jobs.claim({ ...everything, issuers: [issuer] })).toHaveLength(1);
    });

    test('what throws leaves nothing', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const failing = store.transaction(async (tx) => {
        await tx.putIssuer(
          { issuer, clientId: 'c', namespaceFingerprint: 'n', claimKeyFingerprint: 'k' },
          undefined,
        );
        await tx.insertRecipients([recipientRow(issuer, 'r1')]);
        await tx.insertAwards([awardRow(issuer, 'a1', 'r1')]);
        await tx.appendHistory([historyRow(issuer, 'a1')]);
        await tx.insertSubmission(submissionRow(issuer, 's1', 'a1'));
        await tx.setStopped(stopRow(issuer, null));
        await tx.enqueue([jobRow(issuer)]);
        throw new RangeError('on purpose');
      });
      await expect(failing).rejects.toThrow(RangeError);
      expect(await other.read.issuer(issuer)).toBeUndefined();
      expect(await other.read.recipient(issuer, 'r1')).toBeUndefined();
      expect(await other.read.award(issuer, 'a1')).toBeUndefined();
      expect(await other.read.history(issuer, 'a1')).toEqual([]);
      expect(await other.read.submissions(issuer, 'a1')).toEqual([]);
      expect(await other.read.isStopped(issuer, null)).toBe(false);
      expect(await other.jobs.claim({ ...everything, issuers: [issuer] })).toEqual([]);
    });

    test('a rollback brings back what was there before', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await storeAward(store, issuer);
      const before = await store.read.award(issuer, 'a1');
      const failing = store.transaction(async (tx) => {
        const award = await tx.lockAward(issuer, 'a1');
        if (award !== undefined) await tx.updateAward({ ...award, generation: 7 });
        expect((await tx.award(issuer, 'a1'))?.generation).toBe(7);
        throw new RangeError('on purpose');
      });
      await expect(failing).rejects.toThrow(RangeError);
      expect(await store.read.award(issuer, 'a1')).toEqual(before);
    });

    test('nobody outside sees a change before its transaction ends', async () => {
      const { store, other, oneConnection = false } = open();
      const issuer = newIssuer();
      const seen: string[] = [];
      const looking: Array<Promise<unknown>> = [];
      await store.transaction(async (tx) => {
        await tx.insertRecipients([recipientRow(issuer, 'r1')]);
        await tx.insertAwards([awardRow(issuer, 'a1', 'r1')]);
        expect((await tx.awardsByKey(issuer, [hash('key of a1')])).map(({ id }) => id)).toEqual(['a1']);
        const looks = [
          store.read.award(issuer, 'a1').then((award) => seen.push(award?.id ?? 'nothing')),
          other.read
            .awardsByKey(issuer, [hash('key of a1')])
            .then(([award]) => seen.push(award?.id ?? 'nothing')),
          other.read.countByState(issuer).then((counts) => seen.push(JSON.stringify(counts))),
        ];
        // With one connection an answer can only come after the end: awaited here, it would never come.
        if (oneConnection) looking.push(...looks);
        else {
          await Promise.all(looks);
          expect(seen.toSorted()).toEqual(['nothing', 'nothing', '{}']);
        }
        expect(await tx.award(issuer, 'a1')).toBeDefined();
        expect(seen).toHaveLength(oneConnection ? 0 : 3);
      });
      await Promise.all(looking);
      if (oneConnection) expect(seen.toSorted()).toEqual(['a1', 'a1', '{"ready":1}']);
      expect((await other.read.awardsByKey(issuer, [hash('key of a1')])).map(({ id }) => id)).toEqual(['a1']);
    });

    test('gives back what the work returns', async () => {
      const { store } = open();
      expect(await store.transaction(async (tx) => (await tx.award(newIssuer(), 'a1')) ?? 'none')).toBe(
        'none',
      );
    });

    test('of two transactions that insert the same award one is refused', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const outcomes = await Promise.allSettled([storeAward(store, issuer), storeAward(other, issuer)]);
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused).toHaveLength(1);
      expect(StoreConflict.is(refused[0]?.reason)).toBe(true);
      expect(await store.read.history(issuer, 'a1')).toHaveLength(1);
    });

    test('a conflict undoes everything, also when the work catches it', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await storeAward(store, issuer);
      const swallowed = store.transaction(async (tx) => {
        await tx.setStopped(stopRow(issuer, null));
        await tx.insertRecipients([recipientRow(issuer, 'r1')]).catch(() => undefined);
      });
      expect(StoreConflict.is(await swallowed.catch((error: unknown) => error))).toBe(true);
      expect(await store.read.isStopped(issuer, null)).toBe(false);
    });

    test('a locked award waits for its turn: 40 counters in parallel lose no step', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await storeAward(store, issuer);
      const raise = async (through: Store) =>
        through.transaction(async (tx) => {
          const award = await tx.lockAward(issuer, 'a1');
          if (award !== undefined) await tx.updateAward({ ...award, generation: award.generation + 1 });
        });
      await Promise.all(Array.from({ length: 40 }, (_, at) => raise(at % 2 === 0 ? store : other)));
      expect(await store.read.award(issuer, 'a1')).toMatchObject({ generation: 41, revision: 41 });
    });
  });
}
