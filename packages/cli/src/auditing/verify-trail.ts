import type { AddFlow, AuditProblem, AuditVerdict } from '@seek-pass-kit/flows';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { briefly, withFlow } from '../flow/open-flow.ts';
import { durationInWords } from '../terminal/duration.ts';
import { plural } from '../terminal/plural.ts';
import { printable } from '../terminal/printable.ts';
import { startProgressBar } from '../terminal/progress-bar.ts';
import { readHeads } from './heads-file.ts';
import { timeText } from './time-text.ts';

/** Options of `seek-pass audit verify`. */
export interface VerifyTrailOptions {
  readonly config?: string;
  readonly head?: string;
  readonly json?: true;
}

/** Checks the audit trail, and says what is not as it was written. */
export async function verifyTrail(options: VerifyTrailOptions, context: CommandContext): Promise<ExitCode> {
  const settings = await readSettings(options.config, context);
  const verdict = await withFlow(settings, (flow) => verify(flow, options, context), briefly);
  if (options.json === true) context.terminal.out(JSON.stringify(forPrograms(verdict)));
  else print(verdict, options, context);
  return verdict.intact ? exitCodes.ok : exitCodes.problemsFound;
}

async function verify(
  flow: AddFlow,
  { head: file }: VerifyTrailOptions,
  { terminal, now }: CommandContext,
): Promise<AuditVerdict> {
  const heads = file === undefined ? [] : await readHeads(file);
  const { issuer } = flow.context;
  if (file !== undefined && !heads.some((head) => head.issuer === issuer)) {
    throw new CommandError(
      'wrong_usage',
      `${file} holds no head of issuer ${issuer}: give the file that belongs to it.`,
    );
  }
  const bar = startProgressBar(terminal, { label: 'links', now });
  try {
    return await flow.verifyAudit({
      heads,
      onProgress: ({ links, ofLinks }) => bar.show({ done: links, total: ofLinks }),
    });
  } finally {
    bar.end();
  }
}

function forPrograms({ intact, links, lines, waiting, problems, moreProblems, head }: AuditVerdict): object {
  return {
    intact,
    links,
    lines,
    waiting: { lines: waiting.lines, oldestAt: time(waiting.oldestAt) },
    problems: problems.map((problem) =>
      problem.kind === 'head_missing'
        ? { ...problem, head: { ...problem.head, at: time(problem.head.at) } }
        : problem,
    ),
    moreProblems,
    ...(head === undefined ? {} : { head: { ...head, at: time(head.at) } }),
  };
}

function time(at: number | null): string | null {
  return at === null ? null : timeText(at);
}

function print(
  { intact, links, lines, waiting, problems, moreProblems }: AuditVerdict,
  { head }: VerifyTrailOptions,
  { terminal, now }: CommandContext,
): void {
  const { out, note, colors, noteColors } = terminal;
  const checked = `${plural(lines, 'line')} on ${plural(links, 'link')}`;
  out(
    intact
      ? colors.green(`As it was written: ${checked}.`)
      : colors.red(`Not as it was written. Checked: ${checked}.`),
  );
  for (const problem of problems) out(`  ${colors.red(problem.kind)}  ${printable(sentenceOf(problem))}`);
  if (moreProblems) out('  There are more. Mend these, or restore a backup, and look again.');
  if (waiting.lines > 0) {
    const since =
      waiting.oldestAt === null ? '' : `, the longest for ${durationInWords(now() - waiting.oldestAt)}`;
    out(`${plural(waiting.lines, 'line')} not chained yet${since}: "seek-pass serve" chains what is new.`);
  }
  if (head === undefined)
    note(noteColors.dim('Without --head nobody notices that the end of the chain was cut off.'));
}

function sentenceOf(problem: AuditProblem): string {
  switch (problem.kind) {
    case 'line_missing':
      return `${nameOf(problem)}, on link ${problem.link}, is gone`;
    case 'line_changed':
      return `${nameOf(problem)}, on link ${problem.link}, says something else than it said`;
    case 'line_unchained':
      return `${nameOf(problem)} hangs on no link: not written by this kit, or its link is gone`;
    case 'link_missing':
      return problem.from === problem.to
        ? `link ${problem.from} is gone`
        : `links ${problem.from} to ${problem.to} are gone`;
    case 'link_changed':
      return `link ${problem.link} is not the one that was made, or does not follow the one before`;
    case 'head_missing': {
      const { number, at } = problem.head;
      return `link ${number} of ${timeText(at)} is not in the chain: its end was cut off, it was made anew, or this is an older backup`;
    }
  }
}

/** The table and the position there. */
function nameOf({
  source,
  position,
}: Pick<Extract<AuditProblem, { position: number }>, 'source' | 'position'>): string {
  const table = { award: 'history', audit: 'audit', stop: 'stop_record' }[source];
  return `line ${position} of ${table}`;
}
