export {
  type AwardValue,
  type AwardValues,
  credentialOfValues,
  recipientOfValues,
} from './award-values.ts';
export { type Brake, type BrakeLimits, brakeOf } from './brake.ts';
export { BulkError, type BulkErrorCode } from './bulk-error.ts';
export type { BulkFile } from './bulk-file.ts';
export {
  type CheckedFile,
  type CheckedRow,
  checkFile,
  checkRows,
  type CheckRowsOptions,
} from './check-rows.ts';
export type { ColumnMapping, ColumnSource } from './column-mapping.ts';
export { type FieldColumn, fieldColumns, knownFactsPrefix, listSeparator } from './columns.ts';
export { type DateFormat, dateFormats, readDate } from './date-format.ts';
export type { ReadDocument } from './documents.ts';
export { documentsIn } from './documents-in.ts';
export { type BulkEstimate, dryRun, type DryRunOptions, type DryRunReport } from './dry-run.ts';
export type { FileColumns, ValueSource } from './file-columns.ts';
export { blocks, type Finding } from './finding.ts';
export { guessColumns, guessMapping, type MappingGuess } from './guess-mapping.ts';
export { type BulkRunOptions, type BulkRunReport, issueBulk } from './issue-bulk.ts';
export { mappingFromYaml, mappingToYaml } from './mapping-text.ts';
export type { BulkProgress, OnProgress } from './progress.ts';
export { refusedKeys } from './refused-keys.ts';
export { csvCell, resultsCsv, type ResultsCsv, type ResultsCsvOptions } from './results-csv.ts';
export { countResults, type ResultCounts, type RowOutcome } from './row-outcome.ts';
export { columnOfPath } from './row-to-credential.ts';
export type { RunRow } from './run-row.ts';
export { issueRows, RowPlanner } from './run-rows.ts';
export { createRunKey, openRunVault, type RunVault, type WrappedRunKey } from './run-vault.ts';
export type { SheetFormat, SheetOptions, TextEncodingName } from './sheet.ts';
