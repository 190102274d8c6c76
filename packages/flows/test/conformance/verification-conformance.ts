import { describe, expect, test } from 'vitest';
import { StoreConflict } from '../../src/store/ports.ts';
import type { VerificationRow } from '../../src/store/verifications.ts';
import { noVerificationFacts } from '../../src/verify/verification-facts.ts';
import { plain } from './award-conformance.ts';
import { hash, newIssuer, start } from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

export function verificationRow(
  issuer: string,
  id: string,
  change: Partial<VerificationRow> = {},
): VerificationRow {
  return {
    issuer,
    id,
    requestId: `request ${id}`,
    referenceHash: hash('reference'),
    subjectHash: hash('subject'),
    expects: 'person',
    browserHash: hash('browser'),
    facts: noVerificationFacts,
    wrappedKey: hash('wrapped'),
    keyId: 'k1',
    sealedDetails: Uint8Array.of(1, 0, 255),
    sealedExpected: Uint8Array.of(2),
    sealedAnswer: null,
    answerHash: null,
    createdAt: start,
    requestedAt: start + 1,
    giveUpAt: start + 1_000,
    lastAskedAt: null,
    nextPollAt: start + 10,
    purgeAt: null,
    revision: 1,
    ...change,
  };
}

/** Verify requests and their results. */
export function verificationConformance(open: OpenStore): void {
  describe('verifications', () => {
    test('a verification is found by its id, its request, its reference and its person', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const rows = [
        verificationRow(issuer, 'v1'),
        verificationRow(issuer, 'v2', { createdAt: start + 5, subjectHash: null, browserHash: null }),
        verificationRow(issuer, 'v3', { referenceHash: null, sealedDetails: null, requestedAt: null }),
      ] as const;
      await store.transaction(async (tx) => {
        for (const row of rows) await tx.insertVerification(row);
      });
      const { read } = other;
      expect(plain(await read.verification(issuer, 'v1'))).toEqual(plain(rows[0]));
      expect(plain(await read.verificationByRequest(issuer, 'request v3'))).toEqual(plain(rows[2]));
      const referred = await read.verificationsByReference(issuer, hash('reference'), 9);
      expect(referred.map(({ id }) => id)).toEqual(['v2', 'v1']);
      expect(await read.verificationsByReference(issuer, hash('reference'), 1)).toHaveLength(1);
      const subjects = await read.verificationsOfSubject(issuer, hash('subject'), 9);
      expect(subjects.map(({ id }) => id).sort()).toEqual(['v1', 'v3']);
    });

    test('the same ids under another issuer are invisible', async () => {
      const { store } = open();
      const [owner, stranger] = [newIssuer(), newIssuer()];
      await store.transaction((tx) =>
        tx.insertVerification(verificationRow(owner, 'v1', { purgeAt: start })),
      );
      const { read } = store;
      expect(await read.verification(stranger, 'v1')).toBeUndefined();
      expect(await read.verificationByRequest(stranger, 'request v1')).toBeUndefined();
      expect(await read.verificationsByReference(stranger, hash('reference'), 9)).toEqual([]);
      expect(await read.verificationsOfSubject(stranger, hash('subject'), 9)).toEqual([]);
      expect(await read.countVerificationsByState(stranger)).toEqual({});
      expect(await read.oldestOpenVerification(stranger)).toBeNull();
      expect(await read.verificationsToPurge(stranger, start * 2, 9)).toEqual([]);
      expect(await read.verificationsUnderOtherKeys(stranger, 'k2', '', 9)).toEqual([]);
      expect(await read.countVerificationsByKey(stranger)).toEqual({});
      await store.transaction(async (tx) => {
        expect(await tx.lockVerification(stranger, 'v1')).toBeUndefined();
        expect(await tx.takeVerificationsDue(stranger, start * 2, start * 3, 9)).toEqual([]);
        await tx.insertVerification(verificationRow(stranger, 'v1'));
      });
    });

    test('neither an id nor a request id is given twice', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.insertVerification(verificationRow(issuer, 'v1')));
      for (const again of [
        verificationRow(issuer, 'v1', { requestId: 'another' }),
        verificationRow(issuer, 'v2', { requestId: 'request v1' }),
      ]) {
        await expect(store.transaction((tx) => tx.insertVerification(again))).rejects.toSatisfy((error) =>
          StoreConflict.is(error),
        );
      }
    });

    test('an update changes all but what was asked, and only the revision that was read', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const row = verificationRow(issuer, 'v1');
      const changed: VerificationRow = {
        ...row,
        referenceHash: null,
        subjectHash: null,
        browserHash: null,
        facts: { request: 'taken', outcome: 'verified', verifiedAt: start + 3, starterCameAt: start + 2 },
        wrappedKey: null,
        keyId: 'k2',
        sealedDetails: null,
        sealedExpected: null,
        sealedAnswer: Uint8Array.of(7),
        answerHash: hash('answer'),
        requestedAt: null,
        giveUpAt: start + 5,
        lastAskedAt: start + 4,
        nextPollAt: null,
        purgeAt: start + 9,
      };
      await store.transaction((tx) => tx.insertVerification(row));
      await store.transaction((tx) =>
        tx.updateVerification({ ...changed, requestId: 'another', expects: 'anyone', createdAt: start + 99 }),
      );
      expect(plain(await store.read.verification(issuer, 'v1'))).toEqual(plain({ ...changed, revision: 2 }));
      await expect(store.transaction((tx) => tx.updateVerification(row))).rejects.toSatisfy((error) =>
        StoreConflict.is(error),
      );
      const unknown = verificationRow(issuer, 'v9');
      await expect(store.transaction((tx) => tx.updateVerification(unknown))).rejects.toSatisfy((error) =>
        StoreConflict.is(error),
      );
    });

    test('of many who change one under its lock none is lost', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.insertVerification(verificationRow(issuer, 'v1')));
      const raise = async (here: typeof store) =>
        here.transaction(async (tx) => {
          const row = await tx.lockVerification(issuer, 'v1');
          if (row !== undefined) await tx.updateVerification({ ...row, giveUpAt: row.giveUpAt + 1 });
        });
      await Promise.all(Array.from({ length: 10 }, (_, at) => raise(at % 2 === 0 ? store : other)));
      expect((await store.read.verification(issuer, 'v1'))?.giveUpAt).toBe(start + 1_010);
    });

    test('what is due is taken once, longest due first, and can be changed as it was given', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await store.transaction(async (tx) => {
        await tx.insertVerification(verificationRow(issuer, 'v1', { nextPollAt: start + 30 }));
        await tx.insertVerification(verificationRow(issuer, 'v2', { nextPollAt: start + 20 }));
        await tx.insertVerification(verificationRow(issuer, 'v3', { nextPollAt: start + 99 }));
        await tx.insertVerification(verificationRow(issuer, 'v4', { nextPollAt: null }));
      });
      const take = (here: typeof store, limit: number) =>
        here.transaction((tx) => tx.takeVerificationsDue(issuer, start + 50, start + 500, limit));
      const [first] = await take(store, 1);
      expect(first?.id).toBe('v2');
      const taken = await Promise.all([take(store, 9), take(other, 9)]);
      expect(taken.flat().map(({ id }) => id)).toEqual(['v1']);
      if (first === undefined) throw new Error('one is due');
      await store.transaction((tx) => tx.updateVerification({ ...first, nextPollAt: null }));
      expect((await store.read.verification(issuer, 'v2'))?.nextPollAt).toBeNull();
    });

    test('all that SEEK Pass was asked for and that are polled can be made due at once', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const stranger = newIssuer();
      await store.transaction(async (tx) => {
        await tx.insertVerification(verificationRow(stranger, 'v1', { nextPollAt: start + 99 }));
        await tx.insertVerification(verificationRow(issuer, 'v1', { nextPollAt: start + 10 }));
        await tx.insertVerification(verificationRow(issuer, 'v2', { nextPollAt: start + 99 }));
        await tx.insertVerification(verificationRow(issuer, 'v3', { nextPollAt: null }));
        await tx.insertVerification(
          verificationRow(issuer, 'v4', { nextPollAt: start + 99, requestedAt: null }),
        );
      });
      await other.transaction((tx) => tx.hurryVerifications(issuer, start + 20));
      const next = async (id: string, of = issuer) =>
        (await store.read.verification(of, id))?.nextPollAt ?? null;
      expect(await Promise.all(['v1', 'v2', 'v3', 'v4'].map((id) => next(id)))).toEqual([
        start + 10,
        start + 20,
        null,
        start + 99,
      ]);
      expect(await next('v1', stranger)).toBe(start + 99);
      const row = await store.read.verification(issuer, 'v2');
      if (row === undefined) throw new Error('It is there.');
      await store.transaction((tx) => tx.updateVerification(row));
    });

    test('counts go by state, and the oldest open one is known', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const taken = { request: 'taken', outcome: 'open' } as const;
      await store.transaction(async (tx) => {
        await tx.insertVerification(verificationRow(issuer, 'v1'));
        await tx.insertVerification(verificationRow(issuer, 'v2', { facts: taken, createdAt: start + 2 }));
        await tx.insertVerification(verificationRow(issuer, 'v3', { facts: taken, createdAt: start + 1 }));
      });
      expect(await store.read.countVerificationsByState(issuer)).toEqual({ created: 1, open: 2 });
      expect(await store.read.oldestOpenVerification(issuer)).toBe(start + 1);
      await store.transaction(async (tx) => {
        const row = await tx.lockVerification(issuer, 'v3');
        if (row !== undefined)
          await tx.updateVerification({ ...row, facts: { ...taken, outcome: 'canceled' } });
      });
      expect(await store.read.countVerificationsByState(issuer)).toEqual({
        created: 1,
        open: 1,
        canceled: 1,
      });
      expect(await store.read.oldestOpenVerification(issuer)).toBe(start + 2);
    });

    test('what is to be wiped comes longest due first', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction(async (tx) => {
        await tx.insertVerification(verificationRow(issuer, 'v1', { purgeAt: start + 2 }));
        await tx.insertVerification(verificationRow(issuer, 'v2', { purgeAt: start + 1 }));
        await tx.insertVerification(verificationRow(issuer, 'v3', { purgeAt: start + 3 }));
      });
      const due = await store.read.verificationsToPurge(issuer, start + 2, 9);
      expect(due.map(({ id }) => id)).toEqual(['v2', 'v1']);
      expect(await store.read.verificationsToPurge(issuer, start + 2, 1)).toHaveLength(1);
    });

    test('data keys are found by the key that wraps them; redacted ones have none', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction(async (tx) => {
        for (const id of ['v2', 'v1', 'v3']) await tx.insertVerification(verificationRow(issuer, id));
        await tx.insertVerification(verificationRow(issuer, 'v4', { keyId: 'k2' }));
        await tx.insertVerification(verificationRow(issuer, 'v5', { wrappedKey: null }));
      });
      const page = await store.read.verificationsUnderOtherKeys(issuer, 'k2', 'v1', 9);
      expect(page.map(({ id }) => id)).toEqual(['v2', 'v3']);
      expect(await store.read.verificationsUnderOtherKeys(issuer, 'k2', '', 1)).toHaveLength(1);
      expect(await store.read.countVerificationsByKey(issuer)).toEqual({ k1: 3, k2: 1 });
    });

    test('an issuer is bound to its key file once', async () => {
      const { store } = open();
      const issuer = newIssuer();
      expect(await store.read.verifyBinding(issuer)).toBeUndefined();
      await store.transaction((tx) => tx.bindVerifyFlow(issuer, 'one'));
      await expect(store.transaction((tx) => tx.bindVerifyFlow(issuer, 'two'))).rejects.toSatisfy((error) =>
        StoreConflict.is(error),
      );
      expect(await store.read.verifyBinding(issuer)).toBe('one');
    });
  });
}
