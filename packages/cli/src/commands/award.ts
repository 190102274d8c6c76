import { type Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { AwardOptions } from '../issuing/run-award.ts';
import { groups } from './groups.ts';
import { configOption, numberOfAwards, rowsFileOptions } from './options.ts';

/** `seek-pass award`: issues the awards of a file. */
export function addAwardCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  const command = program
    .command('award')
    .helpGroup(groups.issue)
    .summary('issue the awards of a file')
    .description(
      'Checks a CSV file or an Excel workbook, says what issuing it would do, asks, and issues: every award is stored and its learner gets a mail from "seek-pass serve". Repeating it is safe: what is issued already stays as it is, and a run that was cut off goes on.',
    )
    .argument('<file>', 'a .csv or .xlsx file with one award a row')
    .addOption(configOption());
  for (const option of rowsFileOptions()) command.addOption(option);
  command
    .option('--retry <results>', 'only what was refused, by the results of an earlier run')
    .option('--reissue-withdrawn', 'issue also what was withdrawn before')
    .option('--dry-run', 'only say what would happen')
    .option('--no-check-urls', 'do not ask whether the addresses of documents can be fetched')
    .option('--results <file>', 'write what every row came to, as CSV')
    .option('--yes', 'do not ask before up to 500 new awards')
    .addOption(
      new Option(
        '--confirm <number>',
        'the number of awards: for more than 500, and for corrections',
      ).argParser(numberOfAwards),
    )
    .option('--canary-passed', 'the first mails of a large file arrived as they should: issue the others')
    .option('--json', 'print one line of JSON, ask nothing')
    .addHelpText(
      'after',
      `
Exit codes: 0 everything is issued, 1 some rows are not, 2 the file or a setting is wrong, 3 a word of yours is needed
(--yes, --confirm or --canary-passed).

Examples:
  seek-pass award learners.csv --dry-run
  seek-pass award learners.csv
  seek-pass award graduates.xlsx --mapping graduates.yaml --results results.csv
  seek-pass award graduates.xlsx --mapping graduates.yaml --confirm 1200 --json`,
    )
    .action(async (file: string, options: AwardOptions) => {
      const { runAward } = await import('../issuing/run-award.ts');
      end(await runAward(file, options, context));
    });
}
