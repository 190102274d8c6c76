import { describe, expect, test } from 'vitest';
import { StoreConflict } from '../../src/store/ports.ts';
import { plain } from './award-conformance.ts';
import { hash, mailRow, muteRow, newIssuer, start } from './sample-rows.ts';
import type { StoreUnderTest } from './store-under-test.ts';

/** Mails and muted addresses. */
export function mailConformance(open: () => StoreUnderTest): void {
  describe('mails', () => {
    test('a mail moves from intended to its outcome and is listed there', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction((tx) =>
        tx.insertMails([
          mailRow(issuer, 'm2', { createdAt: start + 1 }),
          mailRow(issuer, 'm1'),
          mailRow(issuer, 'm3', { createdAt: start + 2 }),
        ]),
      );
      expect((await store.read.mails(issuer, 'intended', 2)).map(({ id }) => id)).toEqual(['m1', 'm2']);
      const changed = { state: 'unknown', sentAt: start + 9, awardIds: [], messageId: 'another' } as const;
      await store.transaction((tx) => tx.updateMail(mailRow(issuer, 'm1', changed), 'intended'));
      expect((await store.read.mails(issuer, 'intended', 9)).map(({ id }) => id)).toEqual(['m2', 'm3']);
      const stored = mailRow(issuer, 'm1', { state: 'unknown', sentAt: start + 9 });
      expect(await store.read.mails(issuer, 'unknown', 9)).toEqual([stored]);
      expect(await store.read.mailByMessageId(issuer, stored.messageId)).toEqual(stored);
      expect(await store.read.mailByMessageId(newIssuer(), stored.messageId)).toBeUndefined();
      expect(await store.read.countMailsByState(issuer)).toEqual({ intended: 2, unknown: 1 });
    });

    test('of many who hand over the same mail one does', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.insertMails([mailRow(issuer, 'm1', { state: 'deferred' })]));
      const take = async (here: typeof store) =>
        here
          .transaction((tx) => tx.updateMail(mailRow(issuer, 'm1', { state: 'sending' }), 'deferred'))
          .then(
            () => 'taken',
            (error: unknown) => (StoreConflict.is(error) ? 'late' : String(error)),
          );
      const takes = await Promise.all([take(store), take(other), take(store), take(other)]);
      expect(takes.sort()).toEqual(['late', 'late', 'late', 'taken']);
    });

    test('lists go on after the last mail of the page before, also within one millisecond', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const mails = ['c', 'a', 'b', 'e', 'd'].map((id) => mailRow(issuer, id));
      await store.transaction((tx) => tx.insertMails(mails));
      const first = await store.read.mails(issuer, 'intended', 2);
      const second = await store.read.mails(issuer, 'intended', 9, first.at(-1));
      expect([...first, ...second].map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    });

    test('the mails of a recipient come newest first', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction((tx) =>
        tx.insertMails([
          mailRow(issuer, 'm1'),
          mailRow(issuer, 'm2', { createdAt: start + 1, state: 'accepted' }),
          mailRow(issuer, 'm3', { createdAt: start + 2, recipientId: 'r2' }),
        ]),
      );
      const ids = async (limit: number) =>
        (await store.read.mailsOfRecipient(issuer, 'r1', limit)).map(({ id }) => id);
      expect(await ids(9)).toEqual(['m2', 'm1']);
      expect(await ids(1)).toEqual(['m2']);
    });

    test('an address is muted for all mails or for reminders, each by itself', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const optedOut = muteRow(issuer, 'a', { mutes: 'reminders', reason: 'opted_out', who: 'learner' });
      const later = muteRow(issuer, 'a', { reason: 'complaint', at: start + 5 });
      await store.transaction(async (tx) => {
        await tx.putMute(muteRow(issuer, 'a'));
        await tx.putMute(optedOut);
        await tx.putMute(later);
        await tx.putMute(muteRow(issuer, 'b'));
      });
      expect(plain(await store.read.mutesOf(issuer, hash('a')))).toEqual(
        expect.arrayContaining([plain(later), plain(optedOut)]),
      );
      expect(await store.read.mutesOf(newIssuer(), hash('a'))).toEqual([]);
      const [first, ...others] = await store.read.mutes(issuer, 'all', 1);
      expect(others).toEqual([]);
      const rest = await store.read.mutes(issuer, 'all', 9, first?.emailHash);
      expect(new Set([first, ...rest].map((row) => plain(row?.emailHash)))).toEqual(
        new Set([plain(hash('a')), plain(hash('b'))]),
      );
      await store.transaction((tx) => tx.deleteMute(issuer, hash('a'), 'all'));
      expect(plain(await store.read.mutesOf(issuer, hash('a')))).toEqual([plain(optedOut)]);
    });
  });
}
