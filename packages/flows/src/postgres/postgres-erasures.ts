import type { ErasureChanges, ErasureReads } from '../store/erasures.ts';
import type { Run } from './sql.ts';

/** Look-ups of erasure, holds, suppression and retention. */
export function erasureReads(_run: Run, _schema: string): ErasureReads {
  return {};
}

/** Changes of erasure, holds, suppression and retention. */
export function erasureChanges(_run: Run, _schema: string): ErasureChanges {
  return {};
}
