/**
 * The stable names of what can stop work on a whole file.
 *
 * - `bad_csv`, `bad_workbook`: the file cannot be read. `no_rows`: it has nothing but a header.
 * - `bad_header`, `bad_mapping`: its columns are not, or not rightly, said to be fields.
 * - `unfit_type`: credentials of this type do not fit into rows.
 * - `file_changed`: it is not the file of the dry run. `not_confirmed`: a person has to confirm the number of awards.
 */
export type BulkErrorCode =
  | 'bad_csv'
  | 'bad_workbook'
  | 'no_rows'
  | 'bad_header'
  | 'bad_mapping'
  | 'unfit_type'
  | 'file_changed'
  | 'not_confirmed';

/** Survives two copies of the package in one process (ESM beside CommonJS), where `instanceof` does not. */
const brand = Symbol.for('seek-pass-kit.bulk-error');

/**
 * Stops work on a whole file. The message is for the person who gave it: what is wrong and how to mend it, one sentence a line,
 * without any value of the file.
 */
export class BulkError extends Error {
  readonly code: BulkErrorCode;

  constructor(code: BulkErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'BulkError';
    this.code = code;
    Object.defineProperty(this, brand, { value: true });
  }

  /** True for an error of this kind, whichever copy of the package made it. */
  static is(error: unknown): error is BulkError {
    return typeof error === 'object' && error !== null && brand in error;
  }
}
