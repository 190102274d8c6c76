/** One line of what happened to an award. Nothing personal. */
export interface AwardHistoryLine {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `system`, `learner`, or the name of the administrator. */
  readonly who: string;
  /** As flows name it: `created`, `mail_sent`, … */
  readonly what: string;
  /** A detail of it, as flows write it: `version 2, replaces`. */
  readonly why: string | null;
}
