import type { Command } from 'commander';
import type { DoctorOptions } from '../checking-up/run-doctor.ts';
import type { CommandContext } from '../command-context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { groups } from './groups.ts';
import { configOption } from './options.ts';

/** `seek-pass doctor`: what is wrong with a setup, and how to mend it. */
export function addDoctorCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  program
    .command('doctor')
    .helpGroup(groups.check)
    .summary('check settings, SEEK Pass, database, mail and claim pages')
    .description(
      'Checks everything that issuing depends on: settings and secrets, a token for each scope, the clocks, the database, the mail server and the domain of the sender, the claim pages at their public address. It changes nothing, and sends no mail that you do not ask for.',
    )
    .addOption(configOption())
    .option('--send-test-mail <address>', 'send one mail there, after asking')
    .option('--yes', 'do not ask before the test mail')
    .option('--json', 'print one line of JSON instead of the list')
    .addHelpText(
      'after',
      `
Exit codes: 0 no problem, 1 something does not work, 2 wrong usage.

Examples:
  seek-pass doctor
  seek-pass doctor --send-test-mail staff@example.edu
  seek-pass doctor --json`,
    )
    .action(async (options: DoctorOptions) => {
      const { runDoctor } = await import('../checking-up/run-doctor.ts');
      end(await runDoctor(options, context));
    });
}
