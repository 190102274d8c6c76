import type { TrailEntry } from '@seek-pass-kit/flows';
import { csvCell } from '@seek-pass-kit/flows/bulk';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { given } from '../config/given.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { briefly, withFlow } from '../flow/open-flow.ts';
import { printable } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { padToWidth } from '../terminal/text-width.ts';
import { timeText } from './time-text.ts';

/** Options of `seek-pass audit show`. */
export interface ShowTrailOptions {
  readonly config?: string;
  readonly about?: string;
  readonly since?: string;
  readonly csv?: true;
  readonly json?: true;
}

/** Lists who did what, line by line: the record may be as long as it likes. */
export async function showTrail(options: ShowTrailOptions, context: CommandContext): Promise<ExitCode> {
  if (options.csv === true && options.json === true)
    throw new CommandError('wrong_usage', 'Give --csv or --json, one of the two.');
  const filter = given({
    about: options.about,
    since: options.since === undefined ? undefined : timeOf(options.since),
  });
  const settings = await readSettings(options.config, context);
  const { terminal } = context;
  return withFlow(
    settings,
    async (flow) => {
      if (options.csv === true) terminal.write(csvLine(['at', 'who', 'what', 'about', 'why']));
      let lines = 0;
      for await (const entry of flow.auditTrail(filter)) {
        lines += 1;
        terminal.write(textOf(entry, options, terminal));
      }
      if (lines === 0) terminal.note('Nothing is on record for this.');
      return exitCodes.ok;
    },
    briefly,
  );
}

function textOf(entry: TrailEntry, { csv, json }: ShowTrailOptions, { colors }: Terminal): string {
  const { who, what, about, why } = entry;
  const at = timeText(entry.at);
  if (json === true) return `${JSON.stringify({ at, who, what, about, why })}\n`;
  if (csv === true) return csvLine([at, who, what, about ?? '', why ?? '']);
  const columns = [
    colors.dim(at),
    padToWidth(printable(who), 12),
    padToWidth(printable(what), 20),
    printable(about ?? 'the issuer'),
    printable(why ?? ''),
  ];
  return `${columns.join('  ').trimEnd()}\n`;
}

function csvLine(values: readonly string[]): string {
  return `${values.map((value) => csvCell(value, ',')).join()}\r\n`;
}

/** A day begins at midnight, UTC. */
function timeOf(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time))
    throw new CommandError(
      'wrong_usage',
      '--since is no time: write it like 2026-11-01 or 2026-11-01T09:00Z.',
    );
  return time;
}
