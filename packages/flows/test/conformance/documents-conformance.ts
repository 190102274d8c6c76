import { describe, expect, test } from 'vitest';
import type { DocumentLinkRow, StoredDocument } from '../../src/store/documents.ts';
import type { Store } from '../../src/store/ports.ts';
import { StoreConflict } from '../../src/store/ports.ts';
import type { AwardRow } from '../../src/store/rows.ts';
import { awardRow, hash, newIssuer, recipientRow, start } from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

export function documentsConformance(open: OpenStore): void {
  describe('documents', () => {
    test('come back byte by byte, their bytes apart from the rest', async () => {
      const { store, other } = open();
      const issuer = await withAwards(store, ['a1', 'a2']);
      const sealedBytes = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
      const document = storedDocument(issuer, 'a1', { sealedBytes });
      await store.transaction((tx) => tx.insertDocuments([document, storedDocument(issuer, 'a2')]));
      const { sealedBytes: _, ...row } = document;
      expect(await other.read.document(issuer, 'a1')).toEqual(row);
      expect(Buffer.from((await other.read.documentBytes(issuer, 'a1')) ?? [])).toEqual(
        Buffer.from(sealedBytes),
      );
      expect(await other.read.document(issuer, 'a3')).toBeUndefined();
      expect(await other.read.documentBytes(newIssuer(), 'a1')).toBeUndefined();
    });

    test('are one for each award, of an award that is there', async () => {
      const { store } = open();
      const issuer = await withAwards(store, ['a1']);
      await store.transaction((tx) => tx.insertDocuments([storedDocument(issuer, 'a1')]));
      const again = store.transaction((tx) => tx.insertDocuments([storedDocument(issuer, 'a1')]));
      await expect(again).rejects.toSatisfy((error) => StoreConflict.is(error));
      const stray = store.transaction((tx) => tx.insertDocuments([storedDocument(issuer, 'nobody')]));
      await expect(stray).rejects.toSatisfy((error) => StoreConflict.is(error));
    });

    test('are found by the token of a link, and the link by its attempt', async () => {
      const { store, other } = open();
      const issuer = await withAwards(store, ['a1']);
      const [first, second] = [linkRow(issuer, 'a1', 1), linkRow(issuer, 'a1', 2)];
      await store.transaction(async (tx) => {
        await tx.insertDocuments([storedDocument(issuer, 'a1')]);
        await tx.insertDocumentLink(first);
        await tx.insertDocumentLink(second);
      });
      expect(plain(await other.read.documentLink(issuer, second.tokenHash))).toEqual(plain(second));
      expect(plain(await other.read.documentLinkOfAttempt(issuer, 'a1', 1))).toEqual(plain(first));
      expect(await other.read.documentLink(newIssuer(), second.tokenHash)).toBeUndefined();
      expect(await other.read.documentLinkOfAttempt(issuer, 'a1', 3)).toBeUndefined();
    });

    test('have one link for each attempt, no token twice, and none without a document', async () => {
      const { store } = open();
      const issuer = await withAwards(store, ['a1', 'a2']);
      await store.transaction(async (tx) => {
        await tx.insertDocuments([storedDocument(issuer, 'a1')]);
        await tx.insertDocumentLink(linkRow(issuer, 'a1', 1));
      });
      const wrong = [
        linkRow(issuer, 'a1', 1, { tokenHash: hash('another') }),
        linkRow(issuer, 'a1', 2, { tokenHash: linkRow(issuer, 'a1', 1).tokenHash }),
        linkRow(issuer, 'a2', 1),
      ];
      for (const link of wrong) {
        const inserted = store.transaction((tx) => tx.insertDocumentLink(link));
        await expect(inserted).rejects.toSatisfy((error) => StoreConflict.is(error));
      }
    });

    test('remember the attempt for which they were uploaded', async () => {
      const { store, other } = open();
      const issuer = await withAwards(store, ['a1']);
      await store.transaction((tx) => tx.insertDocuments([storedDocument(issuer, 'a1')]));
      await store.transaction((tx) => tx.markDocumentUploaded(issuer, 'a1', 2));
      expect((await other.read.document(issuer, 'a1'))?.uploadedForAttempt).toBe(2);
      await store.transaction((tx) => tx.markDocumentUploaded(issuer, 'gone', 1));
    });

    test('of awards or of a person are deleted with their links, and those of nobody else', async () => {
      const { store, other } = open();
      const issuer = await withAwards(store, ['a1', 'a2', 'a3']);
      await store.transaction(async (tx) => {
        await tx.insertDocuments([
          storedDocument(issuer, 'a1'),
          storedDocument(issuer, 'a2', { recipientId: 'r2' }),
          storedDocument(issuer, 'a3', { recipientId: 'r2' }),
        ]);
        for (const awardId of ['a1', 'a2', 'a3']) await tx.insertDocumentLink(linkRow(issuer, awardId, 1));
      });
      expect(await store.transaction((tx) => tx.deleteDocumentsOfAwards(issuer, ['a2', 'a2', 'none']))).toBe(
        1,
      );
      expect(await other.read.documentBytes(issuer, 'a2')).toBeUndefined();
      expect(await other.read.documentLinkOfAttempt(issuer, 'a2', 1)).toBeUndefined();
      expect(await store.transaction((tx) => tx.deleteDocumentsOfRecipient(issuer, 'r2'))).toBe(1);
      expect(await store.transaction((tx) => tx.deleteDocumentsOfRecipient(issuer, 'r2'))).toBe(0);
      expect(await store.transaction((tx) => tx.deleteDocumentsOfAwards(newIssuer(), ['a1']))).toBe(0);
      expect(await other.read.document(issuer, 'a1')).toBeDefined();
      expect(await other.read.documentLinkOfAttempt(issuer, 'a1', 1)).toBeDefined();
    });

    test('go with the sweep when no submission can need them', async () => {
      const { store, other } = open();
      const issuer = await withAwards(store, ['ready', 'fetched', 'superseded', 'withdrawn'], {
        fetched: { linkClosure: 'superseded', submissions: [{ attempt: 1, outcome: 'open' }] },
        superseded: { linkClosure: 'superseded', submissions: [] },
        withdrawn: { linkClosure: 'withdrawn', submissions: [{ attempt: 1, outcome: 'open' }] },
      });
      await store.transaction(async (tx) => {
        for (const awardId of ['ready', 'fetched', 'superseded', 'withdrawn']) {
          await tx.insertDocuments([storedDocument(issuer, awardId)]);
        }
        await tx.insertDocumentLink(linkRow(issuer, 'fetched', 1, { endsAt: start + 1_000 }));
        await tx.insertDocumentLink(linkRow(issuer, 'ready', 1, { endsAt: start + 1_000 }));
        await tx.insertDocumentLink(linkRow(issuer, 'withdrawn', 1, { endsAt: start + 1_000 }));
      });
      await store.sweep(start);
      const left = async () => {
        const ids = ['ready', 'fetched', 'superseded', 'withdrawn'];
        const found = await Promise.all(ids.map((id) => other.read.document(issuer, id)));
        return found.flatMap((row) => row?.awardId ?? []);
      };
      expect(await left()).toEqual(['ready', 'fetched']);
      expect(await other.read.documentLinkOfAttempt(issuer, 'ready', 1)).toBeDefined();
      await store.sweep(start + 1_000);
      expect(await left()).toEqual(['ready']);
      expect(await other.read.documentLinkOfAttempt(issuer, 'ready', 1)).toBeUndefined();
    });
  });
}

async function withAwards(
  store: Store,
  awardIds: readonly string[],
  facts: Readonly<Record<string, AwardRow['facts']>> = {},
): Promise<string> {
  const issuer = newIssuer();
  await store.transaction(async (tx) => {
    await tx.insertRecipients([recipientRow(issuer, 'r1'), recipientRow(issuer, 'r2')]);
    await tx.insertAwards(
      awardIds.map((id) => awardRow(issuer, id, 'r1', { facts: facts[id] ?? { submissions: [] } })),
    );
  });
  return issuer;
}

function storedDocument(
  issuer: string,
  awardId: string,
  change: Partial<StoredDocument> = {},
): StoredDocument {
  return {
    issuer,
    awardId,
    recipientId: 'r1',
    type: 'pdf',
    size: 5,
    createdAt: start,
    uploadedForAttempt: null,
    sealedBytes: Uint8Array.of(1, 0, 255),
    ...change,
  };
}

function linkRow(
  issuer: string,
  awardId: string,
  attempt: number,
  change: Partial<DocumentLinkRow> = {},
): DocumentLinkRow {
  return {
    issuer,
    awardId,
    attempt,
    tokenHash: hash(`token of ${awardId} ${attempt}`),
    sealedUrl: Uint8Array.of(7, 8, 9),
    endsAt: start + 48 * 3_600_000,
    ...change,
  };
}

/** Bytes of a store may be a `Buffer`. */
function plain(row: DocumentLinkRow | undefined) {
  if (row === undefined) return undefined;
  return { ...row, tokenHash: Buffer.from(row.tokenHash), sealedUrl: Buffer.from(row.sealedUrl) };
}
