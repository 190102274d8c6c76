import type { LintSeverity } from '@seek-pass-kit/core';

/**
 * Something to mend or to look at in a file. Never holds a value of the file: it may be personal data.
 * A `problem` or an `error` keeps its row from being sent.
 */
export interface Finding {
  /** `problem`: does not fit the schema. The others are lint: valid, but unsuitable, doubtful or improvable. */
  readonly severity: 'problem' | LintSeverity;
  /** The column of a CSV file, the path in a JSON payload; empty when the whole row or payload is meant. */
  readonly field: string;
  /** Stable name of what it is. */
  readonly code: string;
  /** What is wrong, without a full stop. */
  readonly message: string;
  /** How to mend it: one sentence. */
  readonly remedy: string;
}

/** Whether a finding keeps its row from being sent. */
export function blocks(finding: Finding): boolean {
  return finding.severity === 'problem' || finding.severity === 'error';
}
