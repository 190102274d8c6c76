/** Look-ups of erasure, holds, suppression and retention. */
export interface ErasureReads {}

/** Changes of erasure, holds, suppression and retention. */
export interface ErasureChanges {}
