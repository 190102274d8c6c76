import { cpus, totalmem } from 'node:os';
import { plural } from '../terminal/plural.ts';
import { tableLines } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';
import type { CallCounts } from './call-counts.ts';
import type { Comparison } from './compare-ends.ts';
import type { Phase } from './graduation-day.ts';
import type { PeakMemory } from './memory-watch.ts';
import { plannedEnds } from './plans.ts';

/** All that a rehearsal came to. Times are in milliseconds, memory in bytes. */
export interface RehearsalReport extends Comparison {
  readonly verdict: 'as_planned' | 'not_as_planned';
  readonly learners: number;
  readonly seed: number;
  readonly workers: number;
  readonly store: 'embedded' | 'postgres';
  /** From the dry run to the last status; opening and comparing are not in it. */
  readonly totalMs: number;
  readonly phases: readonly Phase[];
  readonly memory: PeakMemory;
  readonly calls: {
    /** By operation. */
    readonly byOperation: CallCounts;
    /** Submissions that SEEK Pass was asked about. */
    readonly asked: number;
    /** What asking about them takes at least, with 30 ids a call. */
    readonly fewestStatusCalls: number;
    /** Confirmed claims. */
    readonly claims: number;
    /** What SEEK Pass made of them: of a claim that is repeated within 48 hours it makes no second one. */
    readonly submissions: number;
    /** Requests that SEEK Pass counted: the calls, and what was repeated, such as with a new token after the clock had moved. */
    readonly requestsAtSeekPass: number;
  };
  readonly mails: {
    readonly claim: number;
    readonly code: number;
    readonly byState: Readonly<Record<string, number>>;
  };
  /** By kind: of learners, hosts and calls. Being told to wait is one, and no fault. */
  readonly errors: Readonly<Record<string, number>>;
  /** Where everything is, when it was to be kept. */
  readonly kept?: string;
}

/** The report for people. */
export function printRehearsal(terminal: Terminal, report: RehearsalReport): void {
  const { out, colors, columns } = terminal;
  const { bold, dim, green, red, yellow } = colors;
  const { learners, workers, store, seed, calls, mails, memory } = report;
  const hosts = workers === 1 ? 'one seek-pass serve' : `${workers} seek-pass serve`;
  const database = store === 'embedded' ? 'the embedded PostgreSQL' : 'the PostgreSQL of the config';
  out(bold(`Graduation day of ${plural(learners, 'learner')}, seed ${seed}`));
  out(dim(`${hosts} over ${database}; ${plural(cpus().length, 'core')}, ${size(totalmem())} of memory`));

  section(terminal, 'Time', [
    ['Part of the day', 'Count', 'Time', 'A second'],
    ...report.phases.map(({ name, count, ms }) => [
      name,
      number(count),
      duration(ms),
      ms === 0 ? '' : number(Math.round(count / (ms / 1_000))),
    ]),
    [
      'In all',
      number(learners),
      duration(report.totalMs),
      number(Math.round(learners / (report.totalMs / 1_000))),
    ],
  ]);
  section(terminal, 'Most memory at one moment', [
    ['What', 'Memory'],
    [workers === 1 ? 'seek-pass serve' : 'seek-pass serve, together', sizeOr(memory.hosts)],
    ['PostgreSQL', sizeOr(memory.postgres)],
    ['This program: SEEK Pass, learners, mail inbox', size(memory.rehearsal)],
  ]);
  section(terminal, 'Calls to SEEK Pass', [
    ['Operation', 'Calls', 'Fewest'],
    ...Object.entries(calls.byOperation)
      .sort(([, one], [, other]) => other - one)
      .map(([operation, count]) => [operation, number(count), fewest(operation, report)]),
    ['requests, as SEEK Pass counted', number(calls.requestsAtSeekPass), ''],
  ]);
  section(terminal, 'Mails', [
    ['Kind', 'Arrived'],
    ['claim', number(mails.claim)],
    ['code', number(mails.code)],
  ]);
  section(terminal, 'Where the learners ended', [
    ['Plan', 'Learners', 'As planned', 'State'],
    ...report.plans
      .filter((plan) => plan.learners > 0)
      .map((plan) => [
        plannedEnds[plan.plan].words,
        number(plan.learners),
        number(plan.asPlanned),
        plannedEnds[plan.plan].state,
      ]),
  ]);
  tally(terminal, 'Errors, and being told to wait', report.errors, yellow);
  tally(terminal, 'Not as planned', report.faults, red);
  out('');
  const asPlanned = report.verdict === 'as_planned';
  const verdict = asPlanned
    ? 'Every learner ended as planned. No award was lost, made twice or submitted twice.'
    : 'Not everything ended as planned: see above. Please report it, with the seed.';
  const networks =
    'Each learner came from a network of its own, as behind a load balancer: limits by network did not slow the day down.';
  const width = columns ?? Number.POSITIVE_INFINITY;
  for (const line of wrapText(verdict, width)) out(asPlanned ? green(line) : red(line));
  for (const line of wrapText(networks, width)) out(dim(line));
  if (report.kept !== undefined) out(`Settings and data are kept: ${report.kept}`);
}

function section(
  { out, colors, columns }: Terminal,
  title: string,
  [titles = [], ...rows]: readonly string[][],
): void {
  out('');
  out(colors.bold(title));
  const lines = tableLines(
    titles.map((name, at) => ({
      title: name,
      ...(at === 0 || name === 'State' ? {} : { align: 'right' as const }),
    })),
    rows,
    { columns, title: colors.dim },
  );
  for (const line of lines) out(`  ${line}`);
}

function tally(
  { out, colors }: Terminal,
  title: string,
  counts: Readonly<Record<string, number>>,
  colour: (text: string) => string,
): void {
  const kinds = Object.entries(counts).sort(([, one], [, other]) => other - one);
  if (kinds.length === 0) return;
  out('');
  out(colors.bold(title));
  for (const [kind, count] of kinds) out(`  ${colour(number(count).padStart(6))}  ${kind}`);
}

/** What a call-saving client needs at least: one add for each claim, 30 ids a status call. */
function fewest(operation: string, { calls }: RehearsalReport): string {
  if (operation === 'add') return number(calls.claims);
  return operation === 'statuses' ? number(calls.fewestStatusCalls) : '';
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function duration(ms: number): string {
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

function size(bytes: number): string {
  return `${number(Math.round(bytes / 2 ** 20))} MiB`;
}

function sizeOr(bytes: number | undefined): string {
  return bytes === undefined ? 'not measured here' : size(bytes);
}
