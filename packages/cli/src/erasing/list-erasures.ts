import type { CommandContext } from '../command-context.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { briefly, withFlow } from '../flow/open-flow.ts';
import { tableLines } from '../terminal/table.ts';
import { dayOf, inWords } from './report-lines.ts';

/** Options of `seek-pass erase list` and `due`. */
export interface ListOptions {
  readonly config?: string;
  readonly json?: true;
}

const mostListed = 100;

/** Shows the last erasures, newest first. They name nobody. */
export async function showErasures(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const settings = await readSettings(options.config, context);
  const erasures = await withFlow(settings, (flow) => flow.erasures(mostListed), briefly);
  if (options.json === true) {
    for (const erasure of erasures) terminal.out(JSON.stringify(erasure));
    return exitCodes.ok;
  }
  if (erasures.length === 0) {
    terminal.out('Nobody was erased yet.');
    return exitCodes.ok;
  }
  const rows = erasures.map((erasure) => [
    dayOf(erasure.at),
    erasure.id,
    inWords(erasure.part),
    inWords(erasure.legalBasis ?? erasure.reason),
    String(erasure.recipients),
    erasure.who,
    erasure.standing === 'complete'
      ? `complete since ${dayOf(erasure.since)}`
      : erasure.on === 'key_in_use'
        ? 'pending: seek-pass erase finish'
        : `pending until ${dayOf(erasure.until)}`,
  ]);
  const titles = ['When', 'Erasure', 'What', 'Why', 'People', 'Who', 'Standing'];
  const lines = tableLines(
    titles.map((title) => ({ title })),
    rows,
    { columns: terminal.columns, title: terminal.colors.dim },
  );
  for (const line of lines) terminal.out(line);
  return exitCodes.ok;
}
