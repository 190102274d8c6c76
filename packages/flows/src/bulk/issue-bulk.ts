import type { AwardInput } from '../awards/award-input.ts';
import type { AwardResult, IssuingRun } from '../awards/award-result.ts';
import { batchesOf } from '../awards/batches.ts';
import { issueAwards } from '../awards/issue-awards.ts';
import type { FlowContext } from '../flow-context.ts';
import type { Brake, BrakeLimits } from './brake.ts';
import { brakeOf } from './brake.ts';
import { BulkError } from './bulk-error.ts';
import type { BulkFile, BulkRow } from './bulk-file.ts';
import { bytesOfRow, fingerprintOf, openBulkFile } from './bulk-file.ts';
import { isCanaryOut, markCanaryOut } from './canary.ts';
import type { DryRunReport } from './dry-run.ts';
import { plan } from './dry-run.ts';
import type { OnProgress } from './progress.ts';
import { trackProgress } from './progress.ts';
import type { ResultCounts, RowOutcome, TitledColumns } from './row-outcome.ts';
import type { RunRow } from './run-row.ts';
import { countResults, problemFindings, updateFindings } from './row-outcome.ts';

/** Who issues a file, and how careful. */
export interface BulkRunOptions extends BrakeLimits, Omit<IssuingRun, 'runId' | 'reissueWithdrawn'> {
  /** Default: the `runId` of the dry run. */
  readonly runId?: string;
  /** The number of awards, as a person typed it back after the dry run: `brakeOf(dryRun).awards`. */
  readonly confirmed?: number | undefined;
  /**
   * Whether the canary was seen to arrive: a person's word in a later call, or a function that waits in this one until somebody knows.
   * Default: no, and the run ends after its canary.
   */
  readonly canaryPassed?: boolean | ((canary: readonly RowOutcome[]) => Promise<boolean>) | undefined;
  /** Told what every row came to, in the order in which it was decided. What it is told is stored. */
  readonly onRow?: ((outcome: RowOutcome) => Promise<void> | void) | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * How a run ended.
 *
 * - `done`: every row was decided.
 * - `canary_waits`: the first awards are out, and the rest waits for a word: call again with `canaryPassed`.
 * - `too_many_refused`: more rows were refused than may be; what was decided before stays.
 */
export interface BulkRunReport {
  readonly outcome: 'done' | 'canary_waits' | 'too_many_refused';
  readonly runId: string;
  /** Rows that were decided in this call. */
  readonly rows: number;
  readonly results: ResultCounts;
  /** The awards that went out first in this call. */
  readonly canary: readonly RowOutcome[];
}

/**
 * Issues the awards of a file that a dry run has looked at. May be repeated at any time, after a crash too: what is stored already
 * comes out as `unchanged`, so nothing is issued or mailed twice.
 *
 * @throws {BulkError} `file_changed` when the file is not the one of the dry run; `not_confirmed` when the brake needs a
 *   person's word, with the number; and what reading a file throws.
 */
export async function issueBulk(
  context: FlowContext,
  file: BulkFile,
  planned: DryRunReport,
  options: BulkRunOptions,
): Promise<BulkRunReport> {
  if ((await fingerprintOf(context, file)) !== planned.runId) {
    throw new BulkError(
      'file_changed',
      'The file is not the one of the dry run: make a new dry run and look at it.',
    );
  }
  const { reissueWithdrawn } = planned;
  const run = { ...options, reissueWithdrawn, runId: options.runId ?? planned.runId };
  const brake = brakeOf(planned, options);
  const { counts, add } = countResults();
  const report = (outcome: BulkRunReport['outcome'], rows: number, canary: readonly RowOutcome[] = []) => {
    return { outcome, runId: run.runId, rows, results: counts, canary };
  };
  if (brake.tooManyRefused) return report('too_many_refused', 0);
  checkConfirmed(brake, options.confirmed);

  const canary = await letCanaryOut(context, file, brake, run);
  if (!canary.passed) {
    for (const { result } of canary.rows) add(result);
    return report('canary_waits', canary.rows.length, canary.rows);
  }
  const progress = trackProgress(context.clock, 'issuing', planned.rows, options.onProgress);
  let refused = false;
  const isOver = (): boolean => refused;
  for await (const outcome of issueRows(context, file, run, isOver)) {
    add(outcome.result);
    refused = counts.refused > brake.mostRefused;
    await options.onRow?.(outcome);
    progress.rowDone();
  }
  return report(refused ? 'too_many_refused' : 'done', progress.end().rows, canary.rows);
}

type Run = BulkRunOptions & IssuingRun;

/** A number, not a yes: whoever types it has read it. */
function checkConfirmed(
  { needsConfirmation, awards, newAwards, corrections }: Brake,
  confirmed?: number,
): void {
  if (!needsConfirmation || confirmed === awards) return;
  throw new BulkError(
    'not_confirmed',
    `The file would issue ${awards} awards (${newAwards} new, ${corrections} corrections of existing ones): confirm that number, ${awards}.`,
  );
}

/** Lets the first awards out, once in a run, and finds out whether the rest may follow. */
async function letCanaryOut(
  context: FlowContext,
  file: BulkFile,
  { canary: size }: Brake,
  run: Run,
): Promise<{ readonly passed: boolean; readonly rows: readonly RowOutcome[] }> {
  if (size === 0) return { passed: true, rows: [] };
  const wasOut = await isCanaryOut(context, run.runId);
  const rows = wasOut ? [] : await issueCanary(context, file, size, run);
  if (!wasOut) await markCanaryOut(context, run.runId);
  const { canaryPassed } = run;
  if (typeof canaryPassed === 'function') return { passed: await canaryPassed(rows), rows };
  // A word that was given before there was a canary says nothing.
  return { passed: wasOut && canaryPassed === true, rows };
}

/** Issues the first awards that are not issued yet, mailed at once. */
async function issueCanary(
  context: FlowContext,
  file: BulkFile,
  size: number,
  run: Run,
): Promise<RowOutcome[]> {
  const { columns, rows } = await openBulkFile(context, file);
  const chosen: BulkRow[] = [];
  for await (const batch of batchesOf(rows, size, bytesOfRow)) {
    for (const { row, outcome } of await plan(context, columns, batch, run)) {
      const isIssued = outcome.result !== 'refused' && outcome.result !== 'unchanged';
      if (isIssued && chosen.length < size) chosen.push(row);
    }
    if (chosen.length === size) break;
  }
  const { mailAt: _, ...now } = run;
  const outcomes: RowOutcome[] = [];
  for await (const outcome of outcomesOf(context, columns, chosen, now)) {
    outcomes.push(outcome);
    await run.onRow?.(outcome);
  }
  return outcomes;
}

/** Issues the rows of a file until `isOver`; what was on its way then is finished and told. */
async function* issueRows(
  context: FlowContext,
  file: BulkFile,
  run: Run,
  isOver: () => boolean,
): AsyncGenerator<RowOutcome, void, undefined> {
  const { columns, rows } = await openBulkFile(context, file);
  async function* untilOver(): AsyncGenerator<BulkRow, void, undefined> {
    for await (const row of rows) {
      if (isOver()) return;
      yield row;
    }
  }
  yield* outcomesOf(context, columns, untilOver(), run);
}

/** What rows come to. Rows that cannot be issued are told at once, the others when their batch is stored. */
export async function* outcomesOf(
  context: FlowContext,
  columns: TitledColumns,
  rows: AsyncIterable<RunRow> | Iterable<RunRow>,
  run: IssuingRun,
): AsyncGenerator<RowOutcome, void, undefined> {
  const waiting: RunRow[] = [];
  const unfit: RowOutcome[] = [];
  async function* inputs(): AsyncGenerator<AwardInput, void, undefined> {
    for await (const row of rows) {
      if (row.input === undefined)
        unfit.push({ row: row.row, key: row.key, result: 'refused', findings: row.findings });
      else {
        waiting.push(row);
        yield row.input;
      }
    }
  }
  for await (const result of issueAwards(context, inputs(), run)) {
    yield* unfit.splice(0);
    const row = waiting.shift();
    if (row === undefined) throw new Error('A result of awarding belongs to no row.');
    yield outcomeOf(columns, row, result);
  }
  yield* unfit;
}

function outcomeOf(columns: TitledColumns, { row, key, findings }: RunRow, issued: AwardResult): RowOutcome {
  if (issued.result === 'refused') {
    return {
      row,
      key,
      result: 'refused',
      findings: [...findings, ...problemFindings(columns, issued.problems)],
    };
  }
  const { result, awardId, version } = issued;
  return { row, key, result, awardId, version, findings: [...findings, ...updateFindings(result)] };
}
