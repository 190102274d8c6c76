import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { RehearseOptions } from '../rehearsing/run-rehearsal.ts';
import { groups } from './groups.ts';

/** `seek-pass rehearse`: graduation day with made-up learners. It never leaves this machine. */
export function addRehearseCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  program
    .command('rehearse')
    .helpGroup(groups.check)
    .summary('play graduation day against a sandbox: time, memory, calls, errors')
    .description(
      'Starts a sandbox, a database and "seek-pass serve", issues a file of made-up learners, mails them, lets each of them claim over HTTP, decline, come too late or not at all, moves the clock of SEEK Pass past 48 hours, and compares where every learner ended with where each was to end. It goes to a sandbox and a mail inbox of this machine only.',
    )
    .addOption(new Option('--learners <number>', 'how many').default(10_000).argParser(numberFrom(1, 50_000)))
    .addOption(
      new Option('--workers <number>', 'how many "seek-pass serve" share the work')
        .default(1)
        .argParser(numberFrom(1, 4)),
    )
    .addOption(
      new Option('--seed <number>', 'the same seed gives the same learners with the same plans')
        .default(1)
        .argParser(numberFrom(0, 2 ** 31)),
    )
    .option(
      '--config <file>',
      'use the database of these settings, which must be those of a sandbox, in a schema of its own (default: an embedded one)',
    )
    .option('--keep', 'leave settings and data where they are, and say where')
    .option('--json', 'print one line of JSON instead of tables')
    .addHelpText(
      'after',
      `
Exit codes: 0 every learner ended as planned, 1 some did not, 2 it could not run, or was stopped.

Examples:
  seek-pass rehearse --learners 500
  seek-pass rehearse
  seek-pass rehearse --workers 2 --json`,
    )
    .action(async (options: RehearseOptions) => {
      const { runRehearsal } = await import('../rehearsing/run-rehearsal.ts');
      end(await runRehearsal(options, context));
    });
}

function numberFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}
