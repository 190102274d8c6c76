import { type AddFlow, createDocumentUrlChecker } from '@seek-pass-kit/flows';
import {
  type Brake,
  brakeOf,
  BulkError,
  type BulkFile,
  type BulkRunReport,
  dryRun,
  type DryRunReport,
  issueBulk,
  type OnProgress,
  refusedKeys,
} from '@seek-pass-kit/flows/bulk';
import type { CommandContext } from '../command-context.ts';
import { readSettings, type Settings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { withFlow } from '../flow/open-flow.ts';
import { rowsFile, type RowsFileOptions } from '../rows-file.ts';
import { readBytes } from '../source-file.ts';
import { type ProgressBar, startProgressBar } from '../terminal/progress-bar.ts';
import { askWhetherCanaryArrived, isConfirmed } from './consent.ts';
import { printDryRun } from './dry-run-report.ts';
import { suggestMapping } from './suggest-mapping.ts';
import { openResultsFile } from './results-file.ts';
import { printRun } from './run-report.ts';

/** Options of `seek-pass award`. */
export interface AwardOptions extends RowsFileOptions {
  readonly config?: string;
  readonly retry?: string;
  readonly reissueWithdrawn?: true;
  readonly dryRun?: true;
  /** `false`: `--no-check-urls`. */
  readonly checkUrls: boolean;
  readonly results?: string;
  readonly yes?: true;
  readonly confirm?: number;
  readonly canaryPassed?: true;
  readonly json?: true;
}

/** A file, the look through it, and what it needs before it is issued. */
interface Planned {
  readonly path: string;
  readonly source: BulkFile;
  readonly report: DryRunReport;
  readonly brake: Brake;
}

/** How a command ended, for the exit code and for `--json`. */
interface Ended {
  readonly code: ExitCode;
  readonly ended:
    | 'dry_run'
    | 'too_many_refused'
    | 'nothing_to_issue'
    | 'not_confirmed'
    | BulkRunReport['outcome'];
  readonly run?: BulkRunReport;
}

/**
 * Issues the awards of a file: says first what would happen, then asks, then issues. Repeating it goes on where it was cut
 * off.
 */
export async function runAward(
  path: string,
  options: AwardOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal } = context;
  const settings = await readSettings(options.config, context);
  const source = await sourceOf(path, options, settings);
  return withFlow(settings, async (flow) => {
    const report = await lookThrough(flow, path, source, options, settings, context);
    const planned = { path, source, report, brake: brakeOf(report) };
    if (options.json !== true) printDryRun(terminal, path, report, planned.brake);
    const { code, ended, run } = await goOn(flow, planned, options, context);
    if (options.json === true) {
      terminal.out(JSON.stringify({ file: path, ended, dryRun: report, brake: planned.brake, run }));
    }
    return code;
  });
}

/** What comes after the look through the file. */
async function goOn(
  flow: AddFlow,
  planned: Planned,
  options: AwardOptions,
  context: CommandContext,
): Promise<Ended> {
  const { report, brake } = planned;
  const codeOfFile = report.results.refused > 0 ? exitCodes.problemsFound : exitCodes.ok;
  if (options.dryRun === true) return { code: codeOfFile, ended: 'dry_run' };
  if (brake.tooManyRefused) return { code: exitCodes.problemsFound, ended: 'too_many_refused' };
  if (brake.awards === 0) {
    if (options.json !== true) context.terminal.out('There is nothing to issue.');
    return { code: codeOfFile, ended: 'nothing_to_issue' };
  }
  if (!(await isConfirmed(brake, options, context))) {
    return { code: exitCodes.wordNeeded, ended: 'not_confirmed' };
  }
  const run = await issue(flow, planned, options, context);
  if (options.json !== true) printRun(context.terminal, run, brake);
  const { outcome, results } = run;
  if (outcome === 'canary_waits') return { code: exitCodes.wordNeeded, ended: outcome, run };
  const code = outcome === 'done' && results.refused === 0 ? exitCodes.ok : exitCodes.problemsFound;
  return { code, ended: outcome, run };
}

/** The dry run, with its rows in the file of results when nothing else will be. */
async function lookThrough(
  flow: AddFlow,
  path: string,
  source: BulkFile,
  { dryRun: isAll, results, reissueWithdrawn, json, checkUrls }: AwardOptions,
  { config }: Settings,
  context: CommandContext,
): Promise<DryRunReport> {
  const file = await openResultsFile(isAll === true ? results : undefined, { issued: path, canary: 0 });
  const bar = startProgressBar(context.terminal, { label: 'Checking', now: context.now });
  try {
    return await dryRun(flow.context, source, {
      reissueWithdrawn,
      mailsPerMinute: config.mailLimits?.perMinute,
      submissionsPerMinute: config.quota === undefined ? undefined : config.quota.perSecond * 60,
      checkUrl: checkUrls ? createDocumentUrlChecker() : undefined,
      onRow: file.add,
      onProgress: shownOn(bar),
    });
  } catch (error) {
    bar.end();
    if (json !== true && BulkError.is(error) && error.code === 'bad_header')
      await suggestMapping(source, context.terminal);
    throw error;
  } finally {
    bar.end();
    await file.close();
  }
}

async function issue(
  flow: AddFlow,
  { path, source, report, brake }: Planned,
  { results, reissueWithdrawn, canaryPassed, json }: AwardOptions,
  context: CommandContext,
): Promise<BulkRunReport> {
  const file = await openResultsFile(results, { issued: path, canary: brake.canary });
  const bar = startProgressBar(context.terminal, { label: 'Issuing', now: context.now });
  const { questions } = context;
  const ask = json === true || questions === undefined ? undefined : questions;
  try {
    return await issueBulk(flow.context, source, report, {
      who: context.who,
      confirmed: brake.awards,
      canaryPassed:
        canaryPassed ??
        (ask === undefined ? false : (canary) => askWhetherCanaryArrived(canary, ask, context)),
      onRow: file.add,
      onProgress: shownOn(bar),
      ...(reissueWithdrawn === undefined ? {} : { reissueWithdrawn }),
    });
  } finally {
    bar.end();
    await file.close();
  }
}

function shownOn(bar: ProgressBar): OnProgress {
  return ({ rows, total, rowsPerSecond, remainingMs }) =>
    bar.show({ done: rows, total, perSecond: rowsPerSecond, remainingMs });
}

async function sourceOf(path: string, options: AwardOptions, { config }: Settings): Promise<BulkFile> {
  const file = await rowsFile(path, options, config.documents?.maxBytes);
  const { retry } = options;
  return retry === undefined ? file : { ...file, only: await refusedKeys(readBytes(retry)) };
}
