import type { InboxChanges, InboxReads } from '../store/inbox.ts';
import type { Run } from './sql.ts';

/** Look-ups of the webhook inbox. */
export function inboxReads(_run: Run, _schema: string): InboxReads {
  return {};
}

/** Changes of the webhook inbox. */
export function inboxChanges(_run: Run, _schema: string): InboxChanges {
  return {};
}
