/** Look-ups of the verify flow. */
export interface VerificationReads {}

/** Changes of the verify flow. */
export interface VerificationChanges {}
