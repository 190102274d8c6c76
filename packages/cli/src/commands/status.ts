import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { StatusOptions } from '../following/show-status.ts';
import { groups } from './groups.ts';
import { configOption } from './options.ts';

/** `seek-pass status`: where awards stand. */
export function addStatusCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  program
    .command('status')
    .helpGroup(groups.issue)
    .summary('say where awards stand')
    .description(
      'Says how many awards stand where, or, with a key, where one award stands and everything that happened to it. It reads what "seek-pass serve" learned from SEEK Pass, and may run beside it.',
    )
    .argument('[key]', 'the key of an award, as in the column "key" of the file')
    .addOption(configOption())
    .option('--watch', 'stay, and show every change')
    .option('--json', 'print one line of JSON; with --watch one more at each change')
    .addHelpText(
      'after',
      `
Examples:
  seek-pass status
  seek-pass status SQL-2025-001
  seek-pass status --watch
  seek-pass status SQL-2025-001 --json`,
    )
    .action(async (key: string | undefined, options: StatusOptions) => {
      const { showStatus } = await import('../following/show-status.ts');
      end(await showStatus(key, options, context));
    });
}
