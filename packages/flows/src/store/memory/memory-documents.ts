import { standingOf } from '../../awards/award-facts.ts';
import type { DocumentChanges, DocumentLinkRow, DocumentReads, StoredDocument } from '../documents.ts';
import type { StoreConflict } from '../ports.ts';
import type { AwardRow } from '../rows.ts';
import { keyOf, MemoryTable, type View } from './memory-table.ts';

/** Tables of documents handed over as files. */
export function documentTables() {
  return {
    documents: new MemoryTable<StoredDocument>((row) => keyOf(row.issuer, row.awardId), {
      recipient: (row) => keyOf(row.issuer, row.recipientId),
    }),
    documentLinks: new MemoryTable<DocumentLinkRow>((row) => keyOf(row.issuer, row.awardId, row.attempt), {
      token: (row) => keyOf(row.issuer, row.tokenHash),
      award: (row) => keyOf(row.issuer, row.awardId),
    }),
  };
}

type DocumentTables = ReturnType<typeof documentTables>;

/** Look-ups of documents handed over as files. */
export function documentReads({ documents, documentLinks }: DocumentTables, view: View): DocumentReads {
  return {
    async document(issuer, awardId) {
      const stored = documents.get(keyOf(issuer, awardId), view);
      if (stored === undefined) return undefined;
      const { sealedBytes: _, ...row } = stored;
      return row;
    },
    async documentBytes(issuer, awardId) {
      return documents.get(keyOf(issuer, awardId), view)?.sealedBytes;
    },
    async documentLink(issuer, tokenHash) {
      return documentLinks.find('token', keyOf(issuer, tokenHash), view)[0];
    },
    async documentLinkOfAttempt(issuer, awardId, attempt) {
      return documentLinks.get(keyOf(issuer, awardId, attempt), view);
    },
  };
}

/** Changes of documents handed over as files. */
export function documentChanges(
  tables: DocumentTables & { readonly awards: MemoryTable<AwardRow> },
  conflict: () => StoreConflict,
): DocumentChanges {
  const { awards, documents, documentLinks } = tables;
  return {
    async insertDocuments(rows) {
      for (const row of rows) {
        const key = keyOf(row.issuer, row.awardId);
        if (documents.get(key, 'own') !== undefined || awards.get(key, 'own') === undefined) throw conflict();
        documents.put(row);
      }
    },
    async insertDocumentLink(row) {
      const { issuer, awardId, attempt, tokenHash } = row;
      const isFree =
        documentLinks.get(keyOf(issuer, awardId, attempt), 'own') === undefined &&
        documentLinks.find('token', keyOf(issuer, tokenHash), 'own').length === 0;
      if (!isFree || documents.get(keyOf(issuer, awardId), 'own') === undefined) throw conflict();
      documentLinks.put(row);
    },
    async markDocumentUploaded(issuer, awardId, attempt) {
      const stored = documents.get(keyOf(issuer, awardId), 'own');
      if (stored !== undefined) documents.put({ ...stored, uploadedForAttempt: attempt });
    },
    async deleteDocumentsOfAwards(issuer, awardIds) {
      const found = [...new Set(awardIds)].flatMap(
        (awardId) => documents.get(keyOf(issuer, awardId), 'own') ?? [],
      );
      for (const row of found) deleteDocument(tables, row);
      return found.length;
    },
    async deleteDocumentsOfRecipient(issuer, recipientId) {
      const found = documents.find('recipient', keyOf(issuer, recipientId), 'own');
      for (const row of found) deleteDocument(tables, row);
      return found.length;
    },
  };
}

/** What no submission can need any more: links that have ended, and documents of awards whose link is closed. */
export function sweepDocuments(tables: DocumentTables, awards: MemoryTable<AwardRow>, now: number): void {
  const { documents, documentLinks } = tables;
  for (const { issuer, awardId, attempt, endsAt } of documentLinks.all('own')) {
    if (endsAt <= now) documentLinks.delete(keyOf(issuer, awardId, attempt));
  }
  for (const row of documents.all('own')) {
    const award = awards.get(keyOf(row.issuer, row.awardId), 'own');
    const state = award === undefined ? undefined : standingOf(award.facts).state;
    const isFetched = documentLinks.find('award', keyOf(row.issuer, row.awardId), 'own').length > 0;
    if (state === 'withdrawn' || (state === 'superseded' && !isFetched)) deleteDocument(tables, row);
  }
}

function deleteDocument({ documents, documentLinks }: DocumentTables, row: StoredDocument): void {
  const key = keyOf(row.issuer, row.awardId);
  for (const { attempt } of documentLinks.find('award', key, 'own')) {
    documentLinks.delete(keyOf(row.issuer, row.awardId, attempt));
  }
  documents.delete(key);
}
