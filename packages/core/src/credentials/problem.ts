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

/** What a schema finds at one place; the place and the default words are added by {@link problemAt}. */
export interface Fault {
  readonly code: ProblemCode;
  /** Fills the gap in the default remedy: a format, a list of values. */
  readonly expected?: string;
  /** Replaces the default words when a rule has something better to say; begins after the name of the field. */
  readonly message?: string;
  readonly remedy?: string;
}

/** Default words, by code: what is said after the name of the field, and the remedy with `#` for what was expected. */
const words: Readonly<Record<ProblemCode, readonly [message: string, remedy: string]>> = {
  not_an_object: ['is not an object', 'Give an object.'],
  unknown_credential_type: ['is not a credential type', 'Use one of: #.'],
  unsupported_version: ['is not documented for this credential type', 'Use #.'],
  missing_field: ['is missing', 'Add it.'],
  unknown_field: ['is not a known field', 'Remove it.'],
  wrong_type: ['is of the wrong kind', 'Give #.'],
  empty_text: ['is empty', 'Fill it in; leave an optional field out.'],
  bad_characters: ['has control characters or marks that change the direction of text', 'Remove them.'],
  bad_date: ['is not a date of the calendar in the format #', 'Write it as #.'],
  bad_code: ['is not a code of two capital letters', 'Use the ISO 3166 code, like SG.'],
  bad_url: ['is not an http or https address without a password in it', 'Give the full public address.'],
  not_one_of: ['is not one of the allowed values', 'Use one of: #.'],
  conditional_field: ['does not agree with the other fields', 'Correct one of them.'],
  bad_document: ['does not fit the document type', 'Correct the document or its type.'],
  duplicate_id: ['is used twice', 'Give each credential its own id.'],
  too_many: ['has too many entries', 'Send at most #.'],
};

/** Makes the {@link Problem} of a fault at `path`. */
export function problemAt(path: string, fault: Fault): Problem {
  const [message, remedy] = words[fault.code];
  const fill = (text: string): string => text.replace('#', fault.expected ?? 'another value');
  return {
    path,
    code: fault.code,
    message: `${path === '' ? 'The input' : path.slice(path.lastIndexOf('.', lastNamed(path)) + 1)} ${fault.message ?? fill(message)}`,
    remedy: fault.remedy ?? fill(remedy),
  };
}

/** Keeps the name of the list in front of a number: `majors.0`, not `0`. */
function lastNamed(path: string): number {
  return path.replace(/(?:\.\d+)+$/, '').length - 1;
}
