import type { ApprovalReason } from '../../../contract/automation.ts';
import { type Table, table } from '../store/table.ts';

/**
 * An entry that was published while a rule was on. One row an entry and mapping: publishing it again asks again.
 *
 * - `waiting`: nobody has looked at it yet. `approval`: a person has to. Once it is decided, the row is gone.
 */
export interface AutomatedEntryRow {
  /** `none` when the plugin was not connected as it was published: then a person has to look. */
  readonly issuer: string;
  readonly mapping: string;
  readonly documentId: string;
  /** Empty when the content type is not translated. */
  readonly locale: string;
  readonly contentType: string;
  readonly state: 'waiting' | 'approval';
  readonly reason: ApprovalReason | null;
  /** `strapi:<id of the administrator>`; `null` when it was none. */
  readonly publishedBy: string | null;
  /** Milliseconds since the epoch. Tells one publishing from the next. */
  readonly publishedAt: number;
  /** Until then one process looks at it. */
  readonly leasedUntil: number;
}

export const automatedEntryTable: Table<AutomatedEntryRow> = table('automated_entries', {
  issuer: 'key',
  mapping: 'key',
  documentId: 'key',
  locale: 'key',
  contentType: 'key',
  state: 'key',
  reason: 'key',
  publishedBy: 'text',
  publishedAt: 'time',
  leasedUntil: 'time',
});
