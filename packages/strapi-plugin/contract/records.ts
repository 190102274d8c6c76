/** Whether the audit trail is as it was written: `GET /seek-pass/audit/verdict`. */
export interface AuditVerdictAnswer {
  /** As far as the chain of the trail can tell. */
  readonly intact: boolean;
  readonly links: number;
  /** Lines that links cover. */
  readonly lines: number;
  /** Lines that no link covers yet. */
  readonly waiting: { readonly lines: number; readonly oldestAt: number | null };
  /** The first 100; ids and positions, nothing personal. `kind` and the rest as `AuditProblem` of the flows says. */
  readonly problems: readonly { readonly kind: string }[];
  readonly moreProblems: boolean;
  /** The end of the chain, as the log has it once a day; `null` before its first link. */
  readonly head: { readonly number: number; readonly mac: string; readonly at: number } | null;
}

/** Why somebody is erased. A fixed list: the record keeps it for ever, and free text would hold personal data. */
export const erasureReasons = [
  'asked_by_person',
  'no_longer_needed',
  'issued_in_error',
  'legal_obligation',
  'other',
] as const;
