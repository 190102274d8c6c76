/** Look-ups of the webhook inbox. */
export interface InboxReads {}

/** Changes of the webhook inbox. */
export interface InboxChanges {}
