/** What the portal keeps of an identity check. Who SEEK Pass verified is not kept here: only whether it is who was expected. */
export interface VerificationRecord {
  readonly verificationId: string;
  readonly studentId: string;
  /** The id of a member of staff, or `student`. */
  readonly startedBy: string;
  readonly state: string;
  readonly startedAt: Date;
  readonly changedAt: Date;
}
