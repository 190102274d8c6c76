/** What the portal keeps of an award: who earned what, and the id under which SEEK Pass's part of it is found. */
export interface AwardRecord {
  /** The portal's own name of the award: one course, one student. */
  readonly key: string;
  readonly studentId: string;
  readonly courseCode: string;
  /** `YYYY-MM-DD`. */
  readonly completedOn: string;
  readonly nameOnCredential: string;
  readonly withHonours: boolean;
  readonly awardId: string;
  /** As the last event said: see {@link AwardHandlers}. Good enough for a list; a page about one award asks `flow.status`. */
  readonly state: string;
  readonly changedAt: Date;
}

/** Of an award that is about to be issued. */
export type Achievement = Pick<
  AwardRecord,
  'studentId' | 'courseCode' | 'completedOn' | 'nameOnCredential' | 'withHonours'
>;

export function awardKey({ courseCode, studentId }: Pick<Achievement, 'courseCode' | 'studentId'>): string {
  return `${courseCode}/${studentId}`;
}
