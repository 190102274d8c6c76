import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { connectionSettings } from '../connection-settings.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { TryOptions } from '../trial/run-trial.ts';
import { groups } from './groups.ts';
import { credentialTypeOption, delimiterOption, portOption } from './options.ts';

/** `seek-pass try`: from a file over mails and claim pages to the wallets of a sandbox. It never reaches a real person. */
export function addTryCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  program
    .command('try')
    .helpGroup(groups.tryOut)
    .summary('issue the learners of a file, with mails and claim pages, to the wallets of a sandbox')
    .description(
      'Reads a file, checks it, awards what can be issued, mails the learners into the inbox of a sandbox on this machine, and serves their claim pages, so that you can be the learner in a browser. "seek-pass status" in another terminal sees the trial.',
    )
    .argument('[file]', 'a .csv or .xlsx file with one learner a row (default: 50 made-up learners)')
    .addOption(credentialTypeOption())
    .addOption(delimiterOption())
    .addOption(portOption(0))
    .option('--once', 'end when every learner has an award and a mail')
    .option('--json', 'print one line of JSON instead of the table')
    .addHelpText(
      'after',
      `
It starts a sandbox of its own. With ${connectionSettings.environment}=sandbox it uses one that is running, by
${connectionSettings.baseUrl}, ${connectionSettings.clientId}, ${connectionSettings.clientSecret} and
${connectionSettings.smtpPort}.

Exit codes: 0 every row that could be issued is, 1 some learner got nothing, 2 nothing was issued.

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
