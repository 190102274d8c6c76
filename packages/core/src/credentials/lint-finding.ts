import { nameAt } from './fault.ts';

/** A valid payload that may still be wrong for a reader. Never holds the offending value. */
export interface LintFinding {
  /** Where, from the credential on: `fields.issuer_name`. */
  readonly path: string;
  readonly code: LintCode;
  /**
   * `error`: SEEK Pass says it is unsuitable, or it cannot be true. `warning`: probably wrong, a person should look. `info`: could be
   * better.
   */
  readonly severity: LintSeverity;
  /** What was noticed, without a full stop. */
  readonly message: string;
  /** What to do: one sentence. */
  readonly remedy: string;
}

/** See {@link LintFinding}. */
export type LintSeverity = 'error' | 'warning' | 'info';

/** The stable names of what lint can notice. */
export type LintCode =
  | 'generic_name'
  | 'vague_issuer'
  | 'wrong_credential_type'
  | 'not_yet_conferred'
  | 'awaiting_graduation'
  | 'majors_disagree'
  | 'expired'
  | 'future_date'
  | 'dates_disagree'
  | 'cefr_missing'
  | 'birth_date_missing'
  | 'unlikely_country'
  | 'unlikely_work_rights'
  | 'no_employment'
  | 'incomplete_role'
  | 'name_case'
  | 'unlikely_name'
  | 'mixed_scripts'
  | 'loose_text'
  | 'document_not_public';

/** A finding about one of the fields; `message` goes on after the name of the field. */
export function finding(
  field: string,
  code: LintCode,
  severity: LintSeverity,
  message: string,
  remedy: string,
): LintFinding {
  return { path: `fields.${field}`, code, severity, message: `${nameAt(field)} ${message}`, remedy };
}
