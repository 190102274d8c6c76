/** Where an award stands, in the words of the kit, and `not_issued` for an entry that has none. What each means: `AwardState` of flows. */
export const awardStates = [
  'not_issued',
  'ready',
  'submitted',
  'added',
  'declined',
  'closed',
  'rejected',
  'withdrawn',
  'superseded',
  'erased',
] as const;

export type ShownAwardState = (typeof awardStates)[number];
