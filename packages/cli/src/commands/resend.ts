import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { ResendOptions } from '../following/resend-mail.ts';
import { groups } from './groups.ts';
import { configOption } from './options.ts';

/** `seek-pass resend`: the claim mail once more. */
export function addResendCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  program
    .command('resend')
    .helpGroup(groups.issue)
    .summary('mail a learner once more')
    .description(
      'Mails the recipients of these awards once more, each about everything that waits for them, at the address on record. The claim link stays the same. "seek-pass serve" sends the mails.',
    )
    .argument('[keys...]', 'the keys of awards, as in the column "key" of the file')
    .option('--unknown', 'every mail of which nobody knows whether it arrived, in place of keys')
    .addOption(configOption())
    .option('--json', 'print one line of JSON for each key')
    .addHelpText(
      'after',
      `
Exit codes: 0 every mail is queued, 1 some are not, 2 nothing was done.

Examples:
  seek-pass resend SQL-2025-001
  seek-pass resend SQL-2025-001 SQL-2025-007 --json
  seek-pass resend --unknown`,
    )
    .action(async (keys: string[], options: ResendOptions) => {
      const { resendMail } = await import('../following/resend-mail.ts');
      end(await resendMail(keys, options, context));
    });
}
