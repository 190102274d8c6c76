/** One reason why a payload cannot be sent. Never holds the offending value: it may be personal data. */
export interface Problem {
  /** Where, in the names of the wire, dots between members: `data.credential.issue_date`, `fields.majors.0`. */
  readonly path: string;
  readonly code: ProblemCode;
  /** What is wrong, without a full stop. */
  readonly message: string;
  /** How to mend it: one sentence. */
  readonly remedy: string;
}

/** The stable names of what can be wrong with a payload. */
export type ProblemCode =
  | 'not_an_object'
  | 'unknown_credential_type'
  | 'unsupported_version'
  | 'missing_field'
  | 'unknown_field'
  | 'wrong_type'
  | 'empty_text'
  | 'bad_characters'
  | 'bad_date'
  | 'bad_code'
  | 'bad_url'
  | 'not_one_of'
  | 'conditional_field'
  | 'bad_document'
  | 'duplicate_id'
  | 'too_many';
