import type { EntryPlace } from './entry-place.ts';

/** When entries are issued by themselves: as soon as they are published, or published with this value in one of their fields. */
export type AutomationMoment =
  | { readonly on: 'published' }
  | { readonly on: 'value'; readonly field: string; readonly equals: string };

/** Whether and when a mapping issues by itself. */
export interface AutomationRule {
  readonly enabled: boolean;
  readonly moment: AutomationMoment;
}

/** A mapping, and what it does by itself. */
export interface MappingAutomation extends AutomationRule {
  /** Name of the mapping. */
  readonly mapping: string;
  readonly title: string;
  readonly contentType: string;
  /** As the Content Manager calls it. */
  readonly contentTypeName: string;
  /** Fields that a rule may look at, and the only values that they have. */
  readonly fields: ReadonlyArray<{ readonly name: string; readonly choices?: readonly string[] }>;
}

/** How many published entries a rule is about. Switching it on issues none of them. */
export interface AutomationPreview {
  readonly published: number;
  /** Those published in the last 30 days: how much there will be, if it goes on like that. */
  readonly lastMonth: number;
}

/**
 * Why a person has to look at an entry that would have been issued by itself.
 *
 * - `not_allowed`: whoever published it may not issue it. `nobody`: no member of staff published it, but a program or a schedule.
 * - `too_many`: more came at once than are issued by themselves. `refused`: something is wrong with the entry.
 */
export type ApprovalReason = 'not_allowed' | 'nobody' | 'too_many' | 'refused';

/** An entry that waits for a person. */
export interface Approval extends EntryPlace {
  readonly mapping: string;
  /** What staff call the mapping. */
  readonly label: string;
  /** What the Content Manager shows as the title of the entry; absent for whoever may not see personal data. */
  readonly title?: string;
  readonly reason: ApprovalReason;
  /** Milliseconds since the epoch. */
  readonly publishedAt: number;
  /** Name of the administrator who published it; absent when it was none. */
  readonly publishedBy?: string;
}

/** Answer of `GET /seek-pass/approvals`. Entries that the asker cannot read are left out. */
export interface ApprovalPage {
  readonly approvals: readonly Approval[];
  /** Of the next page; absent on the last one. */
  readonly cursor?: string;
}
