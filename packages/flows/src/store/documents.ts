/** What a file handed over with an award may be. */
export type FileType = 'pdf' | 'png' | 'jpg';

/** A file that was handed over with an award. One award has one at most. Its bytes are kept apart: see {@link StoredDocument}. */
export interface DocumentRow {
  readonly issuer: string;
  /** Names the document too. */
  readonly awardId: string;
  /** With whose key it is sealed. */
  readonly recipientId: string;
  readonly type: FileType;
  /** Of the file itself, in bytes. */
  readonly size: number;
  readonly createdAt: number;
  /** The attempt for which it was uploaded to SEEK Pass; `null`: none. */
  readonly uploadedForAttempt: number | null;
}

/** A document with its bytes, sealed with the key of its recipient. */
export interface StoredDocument extends DocumentRow {
  readonly sealedBytes: Uint8Array;
}

/** Where SEEK Pass fetches the document of one submission. Stored with the submission; what serves it looks at the submission too. */
export interface DocumentLinkRow {
  readonly issuer: string;
  readonly awardId: string;
  /** Of the submission; counts from 1. */
  readonly attempt: number;
  /** Keyed hash of the last part of the path: 32 bytes, see lookupHash. */
  readonly tokenHash: Uint8Array;
  /** The whole address, sealed with the key of the recipient: a submission that is repeated names the very same one. */
  readonly sealedUrl: Uint8Array;
  /** Serves nothing any more from here, whatever is known of the submission; by SEEK Pass's clock. */
  readonly endsAt: number;
}

/** Look-ups of documents handed over as files. */
export interface DocumentReads {
  document(issuer: string, awardId: string): Promise<DocumentRow | undefined>;
  /** The sealed bytes of {@link DocumentReads.document}. */
  documentBytes(issuer: string, awardId: string): Promise<Uint8Array | undefined>;
  documentLink(issuer: string, tokenHash: Uint8Array): Promise<DocumentLinkRow | undefined>;
  documentLinkOfAttempt(
    issuer: string,
    awardId: string,
    attempt: number,
  ): Promise<DocumentLinkRow | undefined>;
}

/** Changes of documents handed over as files. Whose document was deleted cannot be submitted any more: see `submitClaim`. */
export interface DocumentChanges {
  insertDocuments(rows: readonly StoredDocument[]): Promise<void>;
  /** Its document must be there: otherwise `StoreConflict`. */
  insertDocumentLink(row: DocumentLinkRow): Promise<void>;
  /** Notes that SEEK Pass has the file of this attempt. Nothing happens when the document is gone. */
  markDocumentUploaded(issuer: string, awardId: string, attempt: number): Promise<void>;
  /** Deletes documents and where they are fetched, for good; says how many documents. For retention: hold the locks of these awards. */
  deleteDocumentsOfAwards(issuer: string, awardIds: readonly string[]): Promise<number>;
  /** Deletes everything of one person; says how many documents. For erasure, beside destroying the key. */
  deleteDocumentsOfRecipient(issuer: string, recipientId: string): Promise<number>;
}
