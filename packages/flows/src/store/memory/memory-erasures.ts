import type { ErasureChanges, ErasureReads } from '../erasures.ts';

/** Tables of erasure, holds, suppression and retention. */
export function erasureTables() {
  return {};
}

/** Look-ups of erasure, holds, suppression and retention. */
export function erasureReads(): ErasureReads {
  return {};
}

/** Changes of erasure, holds, suppression and retention. */
export function erasureChanges(): ErasureChanges {
  return {};
}
