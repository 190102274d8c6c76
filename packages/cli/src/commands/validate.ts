import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { ValidateOptions } from '../validation/validate-file.ts';
import { groups } from './groups.ts';
import { rowsFileOptions } from './options.ts';

/** `seek-pass validate`: says what is wrong with a file; sends nothing. */
export function addValidateCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  const command = program
    .command('validate')
    .helpGroup(groups.check)
    .summary('say what is wrong with a CSV, Excel or JSON file; sends nothing')
    .description(
      'Checks every credential in a file against the schemas of SEEK Pass and says what is wrong, where, and how to mend it. Sends nothing and needs no settings.',
    )
    .argument(
      '<file>',
      'a .csv or .xlsx file with one learner a row, or a .json file with one payload or a list of them',
    );
  for (const option of rowsFileOptions()) command.addOption(option);
  command
    .option('--json', 'print one JSON document, also when there are problems')
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing keeps a credential from being sent, 1 something does, 2 the file cannot be checked.

Examples:
  seek-pass validate learners.csv
  seek-pass validate graduates.csv --type education --delimiter ';'
  seek-pass validate payload.json --json`,
    )
    .action(async (file: string, options: ValidateOptions) => {
      const { validateFile } = await import('../validation/validate-file.ts');
      end(await validateFile(file, options, context));
    });
}
