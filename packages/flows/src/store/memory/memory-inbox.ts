import type { InboxChanges, InboxReads } from '../inbox.ts';

/** Tables of the webhook inbox. */
export function inboxTables() {
  return {};
}

/** Look-ups of the webhook inbox. */
export function inboxReads(): InboxReads {
  return {};
}

/** Changes of the webhook inbox. */
export function inboxChanges(): InboxChanges {
  return {};
}
