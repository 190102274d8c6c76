import type {
  DocumentChanges,
  DocumentLinkRow,
  DocumentReads,
  DocumentRow,
  StoredDocument,
} from '@seek-pass-kit/flows';
import { match, type Sql } from './sql.ts';
import { table, tablePrefix } from './table.ts';

const documents = table<DocumentRow>('documents', {
  issuer: 'key',
  awardId: 'key',
  recipientId: 'key',
  type: 'text',
  size: 'integer',
  createdAt: 'time',
  uploadedForAttempt: 'integer',
});

const storedDocuments = table<StoredDocument>('documents', { ...documents.columns, sealedBytes: 'bytes' });

const documentLinks = table<DocumentLinkRow>('document_links', {
  issuer: 'key',
  awardId: 'key',
  attempt: 'integer',
  tokenHash: 'hash',
  sealedUrl: 'bytes',
  endsAt: 'time',
});

/** Look-ups of documents handed over as files. */
export function documentReads(sql: Sql): DocumentReads {
  return {
    document: (issuer, awardId) => sql.first(documents, match(documents, { issuer, awardId })),
    async documentBytes(issuer, awardId) {
      const [found] = await sql.selectSome(
        storedDocuments,
        ['sealedBytes'],
        match(storedDocuments, { issuer, awardId }),
      );
      return found?.sealedBytes;
    },
    documentLink: (issuer, tokenHash) =>
      sql.first(documentLinks, match(documentLinks, { issuer, tokenHash })),
    documentLinkOfAttempt: (issuer, awardId, attempt) =>
      sql.first(documentLinks, match(documentLinks, { issuer, awardId, attempt })),
  };
}

/** Changes of documents handed over as files. */
export function documentChanges(sql: Sql): DocumentChanges {
  const remove = async (issuer: string, of: Partial<DocumentRow>) => {
    const found = await sql.select(documents, match(documents, { issuer, ...of }));
    let removed = 0;
    for (const { awardId } of found) {
      await sql.remove(documentLinks, match(documentLinks, { issuer, awardId }));
      removed += await sql.remove(documents, match(documents, { issuer, awardId }));
    }
    return removed;
  };
  return {
    insertDocuments: (rows) => sql.insert(storedDocuments, rows),
    insertDocumentLink: (row) => sql.insert(documentLinks, [row]),
    async markDocumentUploaded(issuer, awardId, attempt) {
      await sql.update(documents, { uploadedForAttempt: attempt }, match(documents, { issuer, awardId }));
    },
    async deleteDocumentsOfAwards(issuer, awardIds) {
      let removed = 0;
      for (const awardId of new Set(awardIds)) removed += await remove(issuer, { awardId });
      return removed;
    },
    deleteDocumentsOfRecipient: (issuer, recipientId) => remove(issuer, { recipientId }),
  };
}

/** Removes what no submission can need any more: links that have ended, and documents of awards whose link is closed. */
export async function sweepDocuments(sql: Sql, now: number): Promise<void> {
  await sql.remove(documentLinks, (query) => query.where('ends_at', '<=', now));
  const closed = await sql.ask<{
    readonly issuer: unknown;
    readonly award_id: unknown;
    readonly state: unknown;
  }>((knex) =>
    knex({ document: documents.name })
      .join({ award: `${tablePrefix}awards` }, (on) =>
        on.on('award.issuer', 'document.issuer').andOn('award.id', 'document.award_id'),
      )
      .whereIn('award.state', ['withdrawn', 'superseded'])
      .select('document.issuer', 'document.award_id', 'award.state'),
  );
  for (const { issuer: of, award_id: id, state } of closed) {
    const ofAward = { issuer: String(of), awardId: String(id) };
    if (String(state) === 'withdrawn') await sql.remove(documentLinks, match(documentLinks, ofAward));
    else if ((await sql.first(documentLinks, match(documentLinks, ofAward))) !== undefined) continue;
    await sql.remove(documents, match(documents, ofAward));
  }
}
