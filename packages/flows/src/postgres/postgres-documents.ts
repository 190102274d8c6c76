import type {
  DocumentChanges,
  DocumentLinkRow,
  DocumentReads,
  DocumentRow,
  StoredDocument,
} from '../store/documents.ts';
import type { Run } from './sql.ts';
import { columnArrays, insertStatement, selectList, table } from './table.ts';

const documentColumns = {
  issuer: 'text',
  awardId: 'text',
  recipientId: 'text',
  type: 'text',
  size: 'integer',
  createdAt: 'bigint',
  uploadedForAttempt: 'integer',
} as const;

const documents = table<DocumentRow>('documents', documentColumns);
const storedDocuments = table<StoredDocument>('documents', { ...documentColumns, sealedBytes: 'bytea' });

const documentLinks = table<DocumentLinkRow>('document_links', {
  issuer: 'text',
  awardId: 'text',
  attempt: 'integer',
  tokenHash: 'bytea',
  sealedUrl: 'bytea',
  endsAt: 'bigint',
});

/** Look-ups of documents handed over as files. */
export function documentReads(run: Run, schema: string): DocumentReads {
  const link = `SELECT ${selectList(documentLinks)} FROM ${schema}.document_links`;
  return {
    async document(issuer, awardId) {
      const { rows } = await run<DocumentRow>(
        `SELECT ${selectList(documents)} FROM ${schema}.documents WHERE issuer = $1 AND award_id = $2`,
        [issuer, awardId],
      );
      return rows[0];
    },
    async documentBytes(issuer, awardId) {
      const { rows } = await run<{ bytes: Uint8Array }>(
        `SELECT sealed_bytes AS bytes FROM ${schema}.documents WHERE issuer = $1 AND award_id = $2`,
        [issuer, awardId],
      );
      return rows[0]?.bytes;
    },
    async documentLink(issuer, tokenHash) {
      const { rows } = await run<DocumentLinkRow>(`${link} WHERE issuer = $1 AND token_hash = $2`, [
        issuer,
        tokenHash,
      ]);
      return rows[0];
    },
    async documentLinkOfAttempt(issuer, awardId, attempt) {
      const { rows } = await run<DocumentLinkRow>(
        `${link} WHERE issuer = $1 AND award_id = $2 AND attempt = $3`,
        [issuer, awardId, attempt],
      );
      return rows[0];
    },
  };
}

/** Changes of documents handed over as files. */
export function documentChanges(run: Run, schema: string): DocumentChanges {
  return {
    async insertDocuments(rows) {
      if (rows.length > 0)
        await run(insertStatement(schema, storedDocuments), columnArrays(storedDocuments, rows));
    },
    async insertDocumentLink(row) {
      await run(insertStatement(schema, documentLinks), columnArrays(documentLinks, [row]));
    },
    async markDocumentUploaded(issuer, awardId, attempt) {
      await run(
        `UPDATE ${schema}.documents SET uploaded_for_attempt = $3 WHERE issuer = $1 AND award_id = $2`,
        [issuer, awardId, attempt],
      );
    },
    async deleteDocumentsOfAwards(issuer, awardIds) {
      const { count } = await run(
        `DELETE FROM ${schema}.documents WHERE issuer = $1 AND award_id = ANY ($2::text[])`,
        [issuer, awardIds],
      );
      return count;
    },
    async deleteDocumentsOfRecipient(issuer, recipientId) {
      const { count } = await run(`DELETE FROM ${schema}.documents WHERE issuer = $1 AND recipient_id = $2`, [
        issuer,
        recipientId,
      ]);
      return count;
    },
  };
}

/** What no submission can need any more: links that have ended, and documents of awards whose link is closed. */
export async function sweepDocuments(run: Run, schema: string, now: number): Promise<void> {
  await run(`DELETE FROM ${schema}.document_links WHERE ends_at <= $1`, [now]);
  await run(
    `DELETE FROM ${schema}.documents document USING ${schema}.awards award
      WHERE award.issuer = document.issuer AND award.id = document.award_id
        AND (award.state = 'withdrawn' OR award.state = 'superseded' AND NOT EXISTS (SELECT FROM ${schema}.document_links link
          WHERE link.issuer = document.issuer AND link.award_id = document.award_id))`,
  );
}
