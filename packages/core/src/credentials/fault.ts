import type { Problem, ProblemCode } from './problem.ts';

/** What a schema finds at one place; the place and the default words are added by {@link problemAt}. */
export interface Fault {
  readonly code: ProblemCode;
  /** Fills the gap in the default words: a format, a list of values. */
  readonly expected?: string;
  /** Replaces the default message, after the name of the field. */
  readonly message?: string;
  /** Replaces the default remedy. */
  readonly remedy?: string;
}

/** By code: what is said after the name of the field, and the remedy; `#` stands for what was expected. */
const words: Readonly<Record<ProblemCode, readonly [message: string, remedy: string]>> = {
  not_an_object: ['is not an object', 'Give an object.'],
  unknown_credential_type: ['is not a credential type of this request', 'Use one of: #.'],
  unsupported_version: ['does not fit this credential type', 'Use #.'],
  missing_field: ['is missing', 'Add it.'],
  unknown_field: ['is not a known field', 'Remove it.'],
  wrong_type: ['is of the wrong kind', 'Give #.'],
  empty_text: ['is empty', 'Fill it in, or leave it out if it is optional.'],
  bad_characters: ['has control characters or marks that change the direction of text', 'Remove them.'],
  bad_date: ['is not a date of the calendar as #', 'Write it as #.'],
  bad_code: ['is not #', 'Give #.'],
  bad_url: ['is not an http or https address without a password', 'Give the full public address.'],
  not_one_of: ['is not an allowed value', 'Use one of: #.'],
  conditional_field: ['does not agree with another field', 'Correct one of them.'],
  bad_document: ['does not fit document_type', 'Correct one of them.'],
  duplicate_id: ['is used twice', 'Give each credential its own id.'],
  too_many: ['has too many entries', 'Send at most #.'],
};

/** Makes the {@link Problem} of a fault at `path`. */
export function problemAt(
  path: string,
  { code, expected = 'another value', message, remedy }: Fault,
): Problem {
  const [said, mend] = words[code];
  return {
    path,
    code,
    message: `${nameAt(path)} ${message ?? said.replace('#', expected)}`,
    remedy: remedy ?? mend.replace('#', expected),
  };
}

/** How a message names the field at `path`: its last name, with the number in a list (`majors.0`) and what the parts of a document belong to. */
export function nameAt(path: string): string {
  return /(?:document\.)?[^.]*(?:\.\d+)*$/.exec(path)?.[0] || 'The input';
}
