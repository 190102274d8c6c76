import type { AddFlow, ErasureReason, ErasureReport, LegalBasis, Whose } from '@seek-pass-kit/flows';
import { CommandError } from '../command-error.ts';
import { erasureReasons } from '../commands/options.ts';
import type { CommandContext } from '../command-context.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { briefly, withFlow } from '../flow/open-flow.ts';
import { askedWhose, type WhoseOptions } from './asked-whose.ts';
import { reportLines } from './report-lines.ts';

/** Options of `seek-pass erase`. */
export interface EraseOptions extends WhoseOptions {
  readonly config?: string;
  readonly reason?: ErasureReason;
  readonly all?: LegalBasis;
  readonly dryRun?: true;
  readonly yes?: true;
}

/** Erases a person after somebody typed a word, or a script said `--yes` (security rule 17). */
export async function runErase(
  key: string | undefined,
  options: EraseOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { reason, all } = options;
  if (reason === undefined)
    throw new CommandError(
      'wrong_usage',
      `Say why with --reason: ${erasureReasons.slice(0, -1).join(', ')} or ${erasureReasons.at(-1)}. The record keeps it.`,
    );
  const settings = await readSettings(options.config, context);
  const of = await askedWhose(key, options, context);
  return withFlow(
    settings,
    async (flow) => {
      const request = {
        of,
        reason,
        who: context.who,
        ...(all === undefined ? {} : { all: { legalBasis: all } }),
      };
      const plan = await flow.erase({ ...request, dryRun: true });
      if (plan.outcome !== 'would_erase' || options.dryRun === true) return print(plan, options, context);
      if (!(await isConfirmed(plan, options, context))) return exitCodes.wordNeeded;
      return print(await flow.erase(request), options, context);
    },
    briefly,
  );
}

function print(report: ErasureReport, { json }: EraseOptions, { terminal }: CommandContext): ExitCode {
  if (json === true) terminal.out(JSON.stringify(report));
  else for (const line of reportLines(report, terminal.colors, terminal.columns)) terminal.out(line);
  switch (report.outcome) {
    case 'held':
      return exitCodes.problemsFound;
    case 'nothing_found':
      return exitCodes.wrongUsage;
    default:
      return exitCodes.ok;
  }
}

/** A person types a word; a script says `--yes`, or learns what it would confirm. */
async function isConfirmed(
  plan: ErasureReport,
  { json, yes, all }: EraseOptions,
  { terminal, questions }: CommandContext,
): Promise<boolean> {
  const script = json === true || questions === undefined;
  if (script && yes === true) return true;
  for (const line of reportLines(plan, terminal.noteColors, terminal.liveColumns)) terminal.note(line);
  if (script) {
    terminal.note(
      'Nothing was erased: a script confirms with --yes, a person at a terminal by typing a word.',
    );
    return false;
  }
  const word = all === undefined ? 'erase' : 'erase everything';
  const typed = await questions.text({ message: `This cannot be undone. Type "${word}" to do it` });
  if (typed.trim() === word) return true;
  throw new CommandError('not_confirmed', 'Nothing was erased: what was typed is not the word.');
}

/** What the other parts of the command do with a flow that is open for them. */
export async function withWhose<Result>(
  key: string | undefined,
  options: WhoseOptions & { readonly config?: string },
  context: CommandContext,
  work: (flow: AddFlow, of: Whose) => Promise<Result>,
): Promise<Result> {
  const settings = await readSettings(options.config, context);
  const of = await askedWhose(key, options, context);
  return withFlow(settings, (flow) => work(flow, of), briefly);
}
