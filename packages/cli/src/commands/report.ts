import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { ReportCommandOptions } from '../reporting/make-report.ts';
import { groups } from './groups.ts';
import { configOption } from './options.ts';

/** `seek-pass report`: what became of awards. */
export function addReportCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  program
    .command('report')
    .helpGroup(groups.issue)
    .summary('say what became of awards, over time and by course')
    .description(
      'Says how many awards were issued, started, added, declined and expired, over time and by course: as a table, as CSV, or as a page with charts to print and to send. It names no person.',
    )
    .addOption(configOption())
    .option(
      '--from <day>',
      'the first day, such as 2026-09-01 (default: so that there are thirteen periods)',
      day,
    )
    .option('--to <day>', 'the last day (default: today)', day)
    .addOption(
      new Option('--by <period>', 'how long a period is').choices(['day', 'week', 'month']).default('week'),
    )
    .addOption(
      new Option('--group <what>', 'what the numbers are divided by')
        .choices(['course', 'type', 'none'])
        .default('course'),
    )
    .option(
      '--time-zone <name>',
      'where a day begins when, such as Asia/Jakarta (default: that of the reminders, else of this machine)',
    )
    .option('--csv <file>', 'write the numbers over time to this file; "-" prints them')
    .option('--html <file>', 'write a page with charts to this file; it needs no network')
    .option('--json', 'print one line of JSON')
    .option('--recount', 'count every award anew first, to be sure; takes a while with many awards')
    .addHelpText(
      'after',
      `
Examples:
  seek-pass report
  seek-pass report --by month --html report.html
  seek-pass report --from 2026-09-01 --to 2026-12-31 --group type
  seek-pass report --csv - > report.csv`,
    )
    .action(async (options: ReportCommandOptions) => {
      const { showReport } = await import('../reporting/make-report.ts');
      end(await showReport(options, context));
    });
}

function day(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  throw new InvalidArgumentError('Write it like 2026-11-21.');
}
