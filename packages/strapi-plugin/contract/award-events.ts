import type { ShownAwardState } from './award-states.ts';

/** What a site may hear of its awards, each as `seek-pass.award.<name>`: in code, and by webhook. What each means: `AwardEventType` of flows. */
export const awardEventNames = [
  'issued',
  'withdrawn',
  'added',
  'added_after_withdrawal',
  'added_after_supersession',
  'declined',
  'expired',
  'closed',
  'rejected',
] as const;

/** What such an event says. Names no person and holds no link: it may go to any receiver. */
export interface SiteAwardEvent {
  readonly awardId: string;
  /** Where the award stands when the event is told. */
  readonly state: ShownAwardState;
  /** ISO 8601: when it happened, or became known. */
  readonly at: string;
  /** Of the entry that the award was made from. Absent when it was made otherwise. */
  readonly contentType?: string;
  readonly documentId?: string;
  readonly locale?: string;
  /** Name of the mapping. */
  readonly mapping?: string;
}
