import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { connectionSettings } from '../connection-settings.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { TryOptions } from '../trial/run-trial.ts';
import { groups } from './groups.ts';
import { credentialTypeOption, delimiterOption, portOption } from './options.ts';

/** `seek-pass try`: from a CSV file to the wallets of the sandbox. It never reaches a real person. */
export function addTryCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  program
    .command('try')
    .helpGroup(groups.tryOut)
    .summary('issue the learners of a CSV file to the wallets of a sandbox')
    .description(
      'Reads a CSV file, checks it, submits what can be sent to a sandbox on this machine, and prints a wallet link for each learner. Then the sandbox stays open, so that you can be the learner in a browser.',
    )
    .argument('[file]', 'a .csv file with one learner a row (default: 50 made-up learners)')
    .addOption(credentialTypeOption())
    .addOption(delimiterOption())
    .addOption(portOption(0))
    .option('--once', 'end when every learner has a link')
    .option('--json', 'print one line of JSON instead of the table')
    .addHelpText(
      'after',
      `
It starts a sandbox of its own. With ${connectionSettings.environment}=sandbox it uses one that is running, by
${connectionSettings.baseUrl}, ${connectionSettings.clientId} and ${connectionSettings.clientSecret}.

Exit codes: 0 every row that could be sent has a link, 1 some learner got none, 2 nothing was sent.

Examples:
  seek-pass try
  seek-pass try learners.csv --once
  seek-pass try learners.csv --once --json`,
    )
    .action(async (file: string | undefined, options: TryOptions) => {
      const { runTrial } = await import('../trial/run-trial.ts');
      end(await runTrial(file, options, context));
    });
}
