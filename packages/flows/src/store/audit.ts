/**
 * One line of what people and the kit did to an issuer, beside what happened to its awards (see `HistoryRow`). Never personal: who is an
 * actor id of the host, and about is the id of a row.
 */
export interface AuditRow {
  readonly issuer: string;
  readonly at: number;
  /** `system`, `learner`, or the host's id of a member of staff. */
  readonly who: string;
  /** What was done: `erased`, `hold_placed`, `webhook_secret_rotated`, … */
  readonly what: string;
  /** What it was done to: `recipient:<id>`, `verification:<id>`, `webhook:<id>`, `event:<id>`, `key:<id>`, `document:<id>`; `null`: the issuer. */
  readonly about: string | null;
  /** A reason of a fixed list, or a detail. No personal data. */
  readonly why: string | null;
}

/** Look-ups of the audit trail. */
export interface AuditReads {
  /** Newest first. */
  auditOf(issuer: string, about: string | null, limit: number): Promise<AuditRow[]>;
}

/** Changes of the audit trail: there is only one. */
export interface AuditChanges {
  appendAudit(rows: readonly AuditRow[]): Promise<void>;
}
