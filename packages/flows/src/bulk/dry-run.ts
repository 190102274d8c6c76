import type { AwardInput } from '../awards/award-input.ts';
import { recipientId } from '../awards/recipient-identity.ts';
import { batchesOf } from '../awards/batches.ts';
import { planAwards } from '../awards/plan-awards.ts';
import type { DocumentUrlChecker } from '../documents/document-url-checker.ts';
import type { FlowContext } from '../flow-context.ts';
import type { BulkFile } from './bulk-file.ts';
import { bytesOfRow, fingerprintOf, openBulkFile } from './bulk-file.ts';
import { withUrlFindings } from './document-urls.ts';
import { columnsToMapping } from './mapping-text.ts';
import type { ColumnMapping } from './column-mapping.ts';
import type { OnProgress } from './progress.ts';
import { trackProgress } from './progress.ts';
import type { ResultCounts, RowOutcome, TitledColumns } from './row-outcome.ts';
import { countResults, problemFindings, updateFindings } from './row-outcome.ts';
import type { RunRow } from './run-row.ts';
import type { SheetFormat } from './sheet.ts';

/** How a dry run is made. */
export interface DryRunOptions {
  /** As it will be issued. */
  readonly reissueWithdrawn?: boolean | undefined;
  /**
   * Told about every row, in the order of the file: write it to a file, a long list does not fit into the report. `input` is the award that
   * the row would be; personal data, so keep it sealed or not at all.
   */
  readonly onRow?: ((outcome: RowOutcome, input: AwardInput | undefined) => Promise<void> | void) | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Asks whether the addresses in the column `document` can be fetched, by `createDocumentUrlChecker()`. Default: nobody is asked. */
  readonly checkUrl?: DocumentUrlChecker | undefined;
  /** How many rows with findings the report itself holds. Default 100. */
  readonly mostExamples?: number | undefined;
  /** How many mails a minute may leave, for the estimate. */
  readonly mailsPerMinute?: number | undefined;
  /** How many submissions a minute SEEK Pass takes from this client, for the estimate. */
  readonly submissionsPerMinute?: number | undefined;
}

/** What issuing a file would do. Holds nothing personal besides keys. */
export interface DryRunReport {
  /** Names this file, read in this way: the run that issues it, and that a repetition resumes. */
  readonly runId: string;
  /** Whether it was asked to issue again what was withdrawn; the run does the same. */
  readonly reissueWithdrawn: boolean;
  readonly format: SheetFormat;
  /** What was read from which column; `mappingToYaml` makes a file of it. */
  readonly mapping: ColumnMapping;
  /** Titles of the columns that nothing is taken from. */
  readonly unusedColumns: readonly string[];
  readonly rows: number;
  readonly results: ResultCounts;
  /** First awards of their key. */
  readonly newAwards: number;
  /** Awards that exist and would get a new version. */
  readonly corrections: number;
  /** People who would get a mail. */
  readonly people: number;
  /** How many rows have each finding, by its code. */
  readonly findings: Readonly<Record<string, number>>;
  /** The first rows that have findings. */
  readonly examples: readonly RowOutcome[];
  readonly estimate: BulkEstimate;
}

/** How long a run will take at least. All in milliseconds. */
export interface BulkEstimate {
  /** To read and check the file again, as measured; storing takes longer. Absent when it was too quick to measure. */
  readonly readingMs?: number;
  /** Until the last mail has left, when `mailsPerMinute` is known. */
  readonly mailingMs?: number;
  /** To submit everything, were all to claim at once, when `submissionsPerMinute` is known. */
  readonly submittingMs?: number;
}

/** Rows that are looked up together. */
const batchSize = 500;

/**
 * Says what issuing a file would do, row by row and in all, by the rules that issue it: schema, lint, documents, the same key twice,
 * and every award's history. Stores and sends nothing. Memory grows by some 350 bytes a row, to notice duplicates.
 *
 * @throws {BulkError} when the file cannot be read to its end, or its columns do not fit.
 */
export async function dryRun(
  context: FlowContext,
  file: BulkFile,
  options: DryRunOptions = {},
): Promise<DryRunReport> {
  const { onRow, mostExamples = 100 } = options;
  const runId = await fingerprintOf(context, file);
  const { format, columns, rows } = await openBulkFile(context, file);
  const progress = trackProgress(context.clock, 'checking', undefined, options.onProgress);
  const startedAt = context.clock.now();
  const { counts, add } = countResults();
  const people = new Set<string>();
  const findings: Record<string, number> = {};
  const examples: RowOutcome[] = [];
  let looked = 0;
  for await (const read of batchesOf(rows, batchSize, bytesOfRow)) {
    const batch = await withUrlFindings(columns, read, options.checkUrl);
    for (const { outcome, row } of await plan(context, columns, batch, options)) {
      looked += 1;
      add(outcome.result);
      if (row.input !== undefined && getsMail(outcome)) people.add(recipientId(context, row.input.recipient));
      for (const code of new Set(outcome.findings.map((finding) => finding.code)))
        findings[code] = (findings[code] ?? 0) + 1;
      if (outcome.findings.length > 0 && examples.length < mostExamples) examples.push(outcome);
      await onRow?.(outcome, row.input);
      progress.rowDone();
    }
  }
  progress.end();
  const corrections = counts.replaces + counts['adds-a-second'] + counts.undocumented;
  return {
    runId,
    reissueWithdrawn: options.reissueWithdrawn ?? false,
    format,
    mapping: columnsToMapping(columns),
    unusedColumns: columns.unused,
    rows: looked,
    results: counts,
    newAwards: counts.created,
    corrections,
    people: people.size,
    findings,
    examples,
    estimate: estimate(context.clock.now() - startedAt, people.size, counts.created + corrections, options),
  };
}

/** What the rows of a batch would come to, in their order. */
export async function plan<Row extends RunRow>(
  context: FlowContext,
  columns: TitledColumns,
  batch: readonly Row[],
  options: Pick<DryRunOptions, 'reissueWithdrawn'>,
): Promise<Array<{ readonly row: Row; readonly outcome: RowOutcome }>> {
  const inputs = batch.flatMap(({ input }) => (input === undefined ? [] : [input]));
  const { reissueWithdrawn = false } = options;
  const planned = (await planAwards(context, inputs, { reissueWithdrawn })).values();
  return batch.map((row) => {
    const { row: number, key, findings } = row;
    const award = row.input === undefined ? undefined : planned.next().value;
    if (award === undefined) return { row, outcome: { row: number, key, result: 'refused', findings } };
    const { result, problems } = award;
    const more = [...problemFindings(columns, problems), ...updateFindings(result)];
    return { row, outcome: { row: number, key, result, findings: [...findings, ...more] } };
  });
}

function getsMail({ result }: RowOutcome): boolean {
  return result !== 'refused' && result !== 'unchanged';
}

function estimate(
  readingMs: number,
  people: number,
  awards: number,
  { mailsPerMinute, submissionsPerMinute }: DryRunOptions,
): BulkEstimate {
  return {
    ...(readingMs > 0 ? { readingMs } : {}),
    ...(mailsPerMinute === undefined ? {} : { mailingMs: (people * 60_000) / mailsPerMinute }),
    ...(submissionsPerMinute === undefined ? {} : { submittingMs: (awards * 60_000) / submissionsPerMinute }),
  };
}
