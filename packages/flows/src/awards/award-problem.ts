import type { LintCode, Problem, ProblemCode } from '@seek-pass-kit/core';

/** The stable names of why an award was not issued: of the payload (core), of its contents (core's lint), or ours. */
export type AwardProblemCode =
  | ProblemCode
  | LintCode
  | 'duplicate_key'
  | 'other_recipient'
  | 'withdrawn'
  | 'erased_before'
  | 'issuing_stopped'
  | 'bad_file'
  | 'file_too_large'
  | 'no_place_for_files'
  | 'file_gone'
  | 'unreachable_document';

/** One reason why an award was not issued. Names fields, never values: they may be personal. */
export interface AwardProblem extends Omit<Problem, 'code'> {
  readonly code: AwardProblemCode;
}

/** The same key came before in this run, with another recipient or credential: nobody can say which row is right. */
export const duplicateKey: AwardProblem = {
  path: 'key',
  code: 'duplicate_key',
  message: 'stands in this run before, with another recipient or credential',
  remedy: 'Keep the right row, or give each award a key of its own.',
};

/** Security rule 12: an import must not move an award to somebody else, be it by a typing error. */
export const otherRecipient: AwardProblem = {
  path: 'recipient',
  code: 'other_recipient',
  message: 'is not the person who has the award of this key: e-mail, name or subject differ',
  remedy: 'Correct the row, or change the recipient with the operation made for it.',
};

/** What a person withdrew does not come back because a nightly import still has it. */
export const withdrawnBefore: AwardProblem = {
  path: 'key',
  code: 'withdrawn',
  message: 'belongs to an award that was withdrawn',
  remedy: 'Issue it with reissueWithdrawn if it is to be given again.',
};

/** Security rule 17: who was erased is not issued to again, and neither is what they had. */
export const erasedBefore: AwardProblem = {
  path: 'recipient',
  code: 'erased_before',
  message: 'belongs to somebody who was erased, by address, subject, name or key',
  remedy: 'Take the row out at its source; if it is to be awarded again after all, allow it first.',
};

/** The kill switch is on. */
export const issuingStopped: AwardProblem = {
  path: 'credential.credential_type',
  code: 'issuing_stopped',
  message: 'is not issued at present: issuing was stopped',
  remedy: 'Find out who stopped it and why, then let it go on and issue again.',
};

/** Retention took the file, and a credential is not sent without the file that it was awarded with. */
export const fileGone: AwardProblem = {
  path: 'file',
  code: 'file_gone',
  message: 'was deleted, as retention says',
  remedy: 'Issue the award again with its file.',
};
