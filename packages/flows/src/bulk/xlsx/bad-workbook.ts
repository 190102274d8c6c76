import { BulkError } from '../bulk-error.ts';

/** A workbook that is not read any further. */
export function badWorkbook(message: string, cause?: unknown): BulkError {
  return new BulkError('bad_workbook', message, cause === undefined ? undefined : { cause });
}

/** A workbook whose parts are not as they should be; nobody can say what a person sees in it. */
export function brokenWorkbook(cause?: unknown): BulkError {
  return badWorkbook('The workbook is damaged: open it in Excel and save it again as .xlsx.', cause);
}
