import { describe, expect, test } from 'vitest';
import { codeRow, hash, newIssuer, sessionRow, start } from './sample-rows.ts';
import { plain } from './award-conformance.ts';
import type { OpenStore } from './store-under-test.ts';

export function claimConformance(open: OpenStore): void {
  describe('claim sessions and codes', () => {
    test('a session is put, replaced, found and deleted by the hash of its id', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.putClaimSession(sessionRow(issuer)));
      expect(plain(await other.read.claimSession(issuer, hash('session')))).toEqual(
        plain(sessionRow(issuer)),
      );
      const proved = sessionRow(issuer, {
        provedAt: start + 1,
        provedBy: 'email-code',
        awardId: 'a2',
        generation: 2,
      });
      await store.transaction((tx) => tx.putClaimSession(proved));
      expect(plain(await other.read.claimSession(issuer, hash('session')))).toEqual(plain(proved));
      await store.transaction((tx) => tx.deleteClaimSession(issuer, hash('session')));
      expect(await other.read.claimSession(issuer, hash('session'))).toBeUndefined();
    });

    test('a try counts and shows the code as it was before', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.putClaimCode(codeRow(issuer)));
      const tryCode = () =>
        store.transaction((tx) => tx.tryClaimCode(issuer, 'a1', hash('session'), 2, start));
      expect(plain(await tryCode())).toEqual(plain(codeRow(issuer)));
      expect((await tryCode())?.tries).toBe(1);
      expect(await tryCode()).toBeUndefined();
    });

    test('another session, an expired code and no code show nothing and count nothing', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const code = codeRow(issuer);
      const tryCode = (session: string, now: number, awardId = 'a1') =>
        store.transaction((tx) => tx.tryClaimCode(issuer, awardId, hash(session), 5, now));
      await store.transaction((tx) => tx.putClaimCode(code));
      expect(await tryCode('another browser', start)).toBeUndefined();
      expect(await tryCode('session', code.expiresAt)).toBeUndefined();
      expect(await tryCode('session', start, 'a2')).toBeUndefined();
      expect((await tryCode('session', code.expiresAt - 1))?.tries).toBe(0);
    });

    test('only the newest code of an award counts', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.putClaimCode(codeRow(issuer, { tries: 4 })));
      await store.transaction((tx) =>
        tx.putClaimCode(codeRow(issuer, { codeHash: hash('654321'), sessionHash: hash('new') })),
      );
      const tryCode = (session: string) =>
        store.transaction((tx) => tx.tryClaimCode(issuer, 'a1', hash(session), 5, start));
      expect(await tryCode('session')).toBeUndefined();
      expect(plain((await tryCode('new'))?.codeHash)).toBe(plain(hash('654321')));
      await store.transaction((tx) => tx.deleteClaimCode(issuer, 'a1'));
      expect(await tryCode('new')).toBeUndefined();
    });

    test('of 1,000 guesses in parallel over two processes five see the code', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.putClaimCode(codeRow(issuer)));
      const guesses = Array.from({ length: 1_000 }, (_, at) =>
        (at % 2 === 0 ? store : other).transaction((tx) =>
          tx.tryClaimCode(issuer, 'a1', hash('session'), 5, start),
        ),
      );
      const seen = (await Promise.all(guesses)).filter((code) => code !== undefined);
      expect(seen.map(({ tries }) => tries).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
    }, 60_000);

    test('sweeping removes expired sessions and codes only', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const { expiresAt } = sessionRow(issuer);
      await store.transaction(async (tx) => {
        await tx.putClaimSession(sessionRow(issuer));
        await tx.putClaimCode(codeRow(issuer, { expiresAt }));
      });
      const left = async () => [
        (await store.read.claimSession(issuer, hash('session'))) !== undefined,
        (await store.transaction((tx) => tx.tryClaimCode(issuer, 'a1', hash('session'), 5, start))) !==
          undefined,
      ];
      await store.sweep(expiresAt - 1);
      expect(await left()).toEqual([true, true]);
      await store.sweep(expiresAt);
      expect(await left()).toEqual([false, false]);
    });
  });
}
