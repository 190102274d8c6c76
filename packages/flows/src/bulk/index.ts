export { BulkError, type BulkErrorCode } from './bulk-error.ts';
export { type CheckedRow, checkCsvRows, type CheckRowsOptions } from './check-rows.ts';
export { type FieldColumn, fieldColumns } from './columns.ts';
export type { CsvOptions } from './csv-rows.ts';
export { blocks, type Finding } from './finding.ts';
