import { writeFile } from 'node:fs/promises';
import type { AddFlow, Report, ReportOptions } from '@seek-pass-kit/flows';
import { reportCsv, reportPage } from '@seek-pass-kit/flows/reports';
import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';
import { given } from '../config/given.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { brandOf } from '../flow/brand.ts';
import { briefly, withFlow } from '../flow/open-flow.ts';
import { unreadable } from '../source-file.ts';
import { reportLines } from './report-lines.ts';

/** Options of `seek-pass report`. */
export interface ReportCommandOptions
  extends Pick<ReportOptions, 'from' | 'to' | 'by' | 'group' | 'timeZone'> {
  readonly config?: string;
  readonly csv?: string;
  readonly html?: string;
  readonly json?: true;
  readonly recount?: true;
}

/** Reports what became of awards: to the terminal, and to the files that were asked for. */
export async function showReport(options: ReportCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const { csv, html, json } = options;
  if (csv === '-' && json === true) {
    throw new CommandError(
      'wrong_usage',
      '--csv - and --json both print: give --csv a file, or leave one out.',
    );
  }
  const settings = await readSettings(options.config, context);
  const timeZone =
    options.timeZone ??
    settings.config.reminders?.timeZone ??
    new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const report = await withFlow(settings, (flow) => make(flow, { ...options, timeZone }), briefly);
  if (html !== undefined) await save(html, reportPage(report, await brandOf(settings)), context);
  if (csv !== undefined && csv !== '-') await save(csv, reportCsv(report), context);
  if (csv === '-') terminal.write(reportCsv(report));
  else if (json === true) terminal.out(JSON.stringify(inIso(report)));
  else if (csv === undefined && html === undefined) {
    for (const line of reportLines(report, terminal)) terminal.out(line);
  }
  return exitCodes.ok;
}

async function make(
  flow: AddFlow,
  { from, to, by, group, timeZone, recount }: ReportCommandOptions & { readonly timeZone: string },
): Promise<Report> {
  try {
    if (recount === true) await flow.recountReports(timeZone);
    return await flow.report({ timeZone, ...given({ from, to, by, group }) });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CommandError(
      'wrong_usage',
      error.message.replace(/^timeZone/, '--time-zone').replace(/^(from|to) /, '--$1 '),
      {
        cause: error,
      },
    );
  }
}

async function save(path: string, text: string, { terminal }: CommandContext): Promise<void> {
  await writeFile(path, text).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  terminal.note(`Wrote ${path}.`);
}

/** Times as programs of other makers read them. */
function inIso({ madeAt, now: { awards, waitingSince }, ...report }: Report): object {
  const since = waitingSince === undefined ? {} : { waitingSince: new Date(waitingSince).toISOString() };
  return { madeAt: new Date(madeAt).toISOString(), ...report, now: { awards, ...since } };
}
