import { type Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { WithdrawOptions } from '../following/withdraw-award.ts';
import { groups } from './groups.ts';
import { configOption, withdrawalReasons } from './options.ts';

/** `seek-pass withdraw`: closes an award's link for good. */
export function addWithdrawCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  program
    .command('withdraw')
    .helpGroup(groups.issue)
    .summary('take an award back')
    .description(
      'Closes the claim link of an award for good. A copy that is in a wallet already cannot be recalled. You type the key to confirm it.',
    )
    .argument('<key>', 'the key of the award, as in the column "key" of the file')
    .addOption(
      new Option('--reason <reason>', 'why; the history keeps it')
        .choices(withdrawalReasons)
        .makeOptionMandatory(),
    )
    .addOption(configOption())
    .option('--yes', 'confirm it in a script; at a terminal the key is asked for all the same')
    .option('--json', 'print one line of JSON, ask nothing')
    .addHelpText(
      'after',
      `
Examples:
  seek-pass withdraw SQL-2025-001 --reason issued_in_error
  seek-pass withdraw SQL-2025-001 --reason wrong_recipient --yes --json`,
    )
    .action(async (key: string, options: WithdrawOptions) => {
      const { withdrawAward } = await import('../following/withdraw-award.ts');
      end(await withdrawAward(key, options, context));
    });
}
