import type { DocumentChanges, DocumentReads } from '../store/documents.ts';
import type { Run } from './sql.ts';

/** Look-ups of documents handed over as files. */
export function documentReads(_run: Run, _schema: string): DocumentReads {
  return {};
}

/** Changes of documents handed over as files. */
export function documentChanges(_run: Run, _schema: string): DocumentChanges {
  return {};
}
