import type { DocumentChanges, DocumentReads } from '../documents.ts';

/** Tables of documents handed over as files. */
export function documentTables() {
  return {};
}

/** Look-ups of documents handed over as files. */
export function documentReads(): DocumentReads {
  return {};
}

/** Changes of documents handed over as files. */
export function documentChanges(): DocumentChanges {
  return {};
}
