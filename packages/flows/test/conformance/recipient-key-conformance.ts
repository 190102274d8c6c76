import { describe, expect, test } from 'vitest';
import { StoreConflict } from '../../src/store/ports.ts';
import type { RecipientRow } from '../../src/store/rows.ts';
import { hash, newIssuer, recipientRow } from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

export function recipientKeyConformance(open: OpenStore): void {
  describe('recipients and their keys', () => {
    const update = async (row: RecipientRow, former: RecipientRow) =>
      open()
        .other.transaction((tx) => tx.updateRecipient(row, former))
        .then(
          () => 'updated',
          (error: unknown) => (StoreConflict.is(error) ? 'conflict' : String(error)),
        );

    test('a change that was decided on an older key or person is refused', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const read = recipientRow(issuer, 'r1');
      await store.transaction((tx) => tx.insertRecipients([read]));
      const rewrapped = { ...read, wrappedKey: hash('wrapped anew'), keyId: 'k2' };
      expect(await update(rewrapped, read)).toBe('updated');
      const refreshed = { ...read, sealedPerson: Uint8Array.of(7) };
      expect(await update(refreshed, read)).toBe('conflict');
      const stored = { ...refreshed, wrappedKey: rewrapped.wrappedKey, keyId: 'k2' };
      expect(await update(stored, rewrapped)).toBe('updated');
      expect(await update(rewrapped, rewrapped)).toBe('conflict');
      expect(await update({ ...stored, wrappedKey: null }, stored)).toBe('updated');
      expect(await update(stored, stored)).toBe('conflict');
      expect((await store.read.recipient(issuer, 'r1'))?.wrappedKey).toBeNull();
    });

    test('are found by the key that they do not have, page by page, and counted by key', async () => {
      const { store, other } = open();
      const [issuer, stranger] = [newIssuer(), newIssuer()];
      await store.transaction(async (tx) => {
        await tx.insertRecipients([
          recipientRow(issuer, 'r3'),
          recipientRow(issuer, 'r1'),
          recipientRow(issuer, 'r2', { keyId: 'k2' }),
          recipientRow(issuer, 'r4', { wrappedKey: null }),
          recipientRow(issuer, 'r5'),
          recipientRow(stranger, 'r6'),
        ]);
      });
      const page = async (after: string, limit: number) =>
        (await other.read.recipientsUnderOtherKeys(issuer, 'k2', after, limit)).map(({ id }) => id);
      expect(await page('', 2)).toEqual(['r1', 'r3']);
      expect(await page('r3', 2)).toEqual(['r5']);
      expect(await page('r5', 2)).toEqual([]);
      expect(await other.read.countByKey(issuer)).toEqual({ k1: 3, k2: 1 });
      expect(await other.read.countByKey(newIssuer())).toEqual({});
    });
  });
}
