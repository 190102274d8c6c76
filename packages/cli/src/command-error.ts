/** The stable names of what can stop a command before its work is done. */
export type CommandErrorCode =
  | 'wrong_setting'
  | 'wrong_usage'
  | 'unreadable_file'
  | 'bad_json'
  | 'refused_by_seek_pass'
  | 'no_answer'
  | 'sandbox_failed'
  | 'unknown_award'
  | 'unknown_verification'
  | 'not_confirmed'
  | 'stopped';

/**
 * Stops a command. The message is for the person at the terminal: one sentence on what is wrong and one on how to mend it, without
 * personal data or secrets. The exit code is 2; of `not_confirmed` it is 3.
 */
export class CommandError extends Error {
  readonly code: CommandErrorCode;
  constructor(code: CommandErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'CommandError';
    this.code = code;
  }
}
