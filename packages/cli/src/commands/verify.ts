import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { VerifyOptions } from '../verifying/run-verify.ts';
import { groups } from './groups.ts';
import { configOption } from './options.ts';

/** `seek-pass verify`: asks SEEK Pass who somebody is. */
export function addVerifyCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  program
    .command('verify')
    .helpGroup(groups.check)
    .summary('have SEEK Pass say whether somebody is who you expect')
    .description(
      'Makes a link for one person, follows what becomes of it, and says whether SEEK Pass verified the person you expect. It asks for name and birth date, or reads them as JSON from standard input; they are never options. With the id of a verification it follows that one. "seek-pass serve" has to run, with the setting "verify".',
    )
    .argument('[verification]', 'the id of a verification that was made before')
    .addOption(configOption())
    .option('--reference <text>', 'your own name of what this is for, such as an application')
    .option('--subject <id>', 'your own stable id of the person, so that an erasure reaches this too')
    .option('--no-wait', 'make the link, or look once, and end')
    .option('--json', 'print lines of JSON: the link, then each change')
    .addHelpText(
      'after',
      `
Exit code 0: it is the person you expect. 1: anything else, also when it is stopped before the end.

Examples:
  seek-pass verify --reference "application 17"
  seek-pass verify --json < person.json
  seek-pass verify 4gP0dXo4Zk2fBqWbqv5m1Q --no-wait`,
    )
    .action(async (verification: string | undefined, options: VerifyOptions) => {
      const { runVerify } = await import('../verifying/run-verify.ts');
      end(await runVerify(verification, options, context));
    });
}
