import { BulkError } from '../bulk-error.ts';
import type { Sheet, SheetOptions } from '../sheet.ts';

export async function openWorkbook(
  _chunks: AsyncGenerator<Uint8Array>,
  _options: SheetOptions,
): Promise<Sheet> {
  throw new BulkError('bad_workbook', 'Workbooks are not read yet: save the sheet as "CSV UTF-8".');
}
