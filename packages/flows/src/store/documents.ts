/** Look-ups of documents handed over as files. */
export interface DocumentReads {}

/** Changes of documents handed over as files. */
export interface DocumentChanges {}
