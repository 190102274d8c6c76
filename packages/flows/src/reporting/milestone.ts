/** What awards come to, in the order of a report. Each counts once for an award: the first time that it happens. */
export const milestones = [
  'issued',
  'started',
  'added',
  'declined',
  'expired',
  'closed',
  'rejected',
  'withdrawn',
] as const;

/**
 * - `issued`: it was stored. A correction is an award of its own; the one it replaces stands as `superseded`.
 * - `started`: the learner was sent to SEEK Pass.
 * - `added`: SEEK Pass said that it is in the wallet.
 * - `declined`: SEEK Pass said that the learner canceled.
 * - `expired`: not finished within 48 hours, judged by time. It can be claimed again.
 * - `closed`: canceled, and nobody can say why.
 * - `rejected`: SEEK Pass refused the payload.
 * - `withdrawn`: the institution closed its link.
 */
export type Milestone = (typeof milestones)[number];

const ofHistory: ReadonlyMap<string, Milestone> = new Map([
  ['submitted', 'started'],
  ['added', 'added'],
  ['added_after_withdrawal', 'added'],
  ['added_after_supersession', 'added'],
  ['declined', 'declined'],
  ['expired', 'expired'],
  ['closed', 'closed'],
  ['rejected', 'rejected'],
  ['withdrawn', 'withdrawn'],
]);

/** The milestone that a line of an award's history tells of, if it does. */
export function milestoneOf(what: string): Milestone | undefined {
  return ofHistory.get(what);
}
