import { type Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import type { AllowOptions } from '../erasing/allow-again.ts';
import type { FinishOptions } from '../erasing/finish-erasures.ts';
import type { HoldOptions, LiftOptions } from '../erasing/hold.ts';
import type { ListOptions } from '../erasing/list-erasures.ts';
import type { EraseOptions } from '../erasing/run-erase.ts';
import type { ExitCode } from '../exit-codes.ts';
import { groups } from './groups.ts';
import { configOption, erasureReasons, holdReasons, legalBases } from './options.ts';

/** `seek-pass erase`: what is stored of a person, and what keeps it. */
export function addEraseCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  const erase = program
    .command('erase')
    .helpGroup(groups.account)
    .summary('erase what is stored of a person, and prove it')
    .description(
      'Destroys the key that seals what is stored of a person: address, name, ids, facts, files, mails. The record of each award is kept, under a key of its own, unless you say --all. Shows what it found and asks for a word. Without a key it asks for the address or the id, or reads it from standard input: neither belongs into the history of a shell.',
    )
    .enablePositionalOptions()
    .argument('[key]', 'the key of an award of the person, as in the column "key" of the file')
    .addOption(emailOption())
    .addOption(subjectOption())
    .addOption(new Option('--reason <reason>', 'why; the record keeps it').choices(erasureReasons))
    .addOption(
      new Option(
        '--all <basis>',
        'destroy what the awards hold, too, on this legal basis; the record keeps it',
      ).choices(legalBases),
    )
    .option('--dry-run', 'show what would be erased and what would be kept, and do nothing')
    .addOption(configOption())
    .option('--yes', 'confirm it in a script; at a terminal a word is asked for all the same')
    .option('--json', 'print one line of JSON, ask nothing')
    .addHelpText(
      'after',
      `
Exit codes: 0 erased (or erased before), 1 a hold is in the way, 2 nobody was found or nothing was done, 3 your word is needed.

Examples:
  seek-pass erase --email --reason asked_by_person --dry-run
  seek-pass erase SQL-2025-001 --reason asked_by_person
  seek-pass erase finish
  seek-pass erase hold SQL-2025-001 --reason legal_claim`,
    )
    .hook('preSubcommand', refuseOptionsBefore)
    .action(async (key: string | undefined, options: EraseOptions) => {
      const { runErase } = await import('../erasing/run-erase.ts');
      end(await runErase(key, options, context));
    });

  erase
    .command('finish')
    .summary('destroy the keys that could still open what was erased')
    .description(
      'Rotates the key ring, brings everything that is kept under the new key and takes the former keys out of the secrets file: then no backup of the database opens any more, once the backups of that file have expired. May run beside "seek-pass serve". Cut off anywhere, run it again.',
    )
    .addOption(configOption())
    .option(
      '--only-rotate',
      'stop after the rotation, to copy the secrets file to other machines; then run it again',
    )
    .option('--json', 'print one line of JSON')
    .action(async (options: FinishOptions) => {
      const { finishErasures } = await import('../erasing/finish-erasures.ts');
      end(await finishErasures(options, context));
    });

  erase
    .command('list')
    .summary('show the last erasures and how far each has come')
    .addOption(configOption())
    .option('--json', 'print one line of JSON for each')
    .action(async (options: ListOptions) => {
      const { showErasures } = await import('../erasing/list-erasures.ts');
      end(await showErasures(options, context));
    });

  erase
    .command('due')
    .summary('show what the retention rules purge next')
    .addOption(configOption())
    .option('--json', 'print one line of JSON')
    .action(async (options: ListOptions) => {
      const { showDue } = await import('../erasing/show-due.ts');
      end(await showDue(options, context));
    });

  erase
    .command('hold')
    .summary('keep a person or an award from being erased')
    .argument('[key]', 'the key of an award')
    .addOption(emailOption())
    .addOption(subjectOption())
    .addOption(
      new Option('--reason <reason>', 'why; the record keeps it').choices(holdReasons).makeOptionMandatory(),
    )
    .addOption(configOption())
    .option('--json', 'print one line of JSON, ask nothing')
    .action(async (key: string | undefined, options: HoldOptions) => {
      const { hold } = await import('../erasing/hold.ts');
      end(await hold(key, options, context));
    });

  erase
    .command('lift')
    .summary('lift a hold')
    .argument('[key]', 'the key of an award')
    .addOption(emailOption())
    .addOption(subjectOption())
    .addOption(configOption())
    .option('--json', 'print one line of JSON, ask nothing')
    .action(async (key: string | undefined, options: LiftOptions) => {
      const { lift } = await import('../erasing/hold.ts');
      end(await lift(key, options, context));
    });

  erase
    .command('allow')
    .summary('let somebody who was erased be awarded again')
    .argument('[key]', 'the key of an award')
    .addOption(emailOption())
    .addOption(subjectOption())
    .addOption(configOption())
    .option('--json', 'print one line of JSON, ask nothing')
    .action(async (key: string | undefined, options: AllowOptions) => {
      const { allow } = await import('../erasing/allow-again.ts');
      end(await allow(key, options, context));
    });
}

/** They would be those of `erase` itself, and change nothing of the part that follows: not the settings, not a dry run. */
function refuseOptionsBefore(erase: Command, part: Command): void {
  const before = erase.options.find((option) => erase.getOptionValueSource(option.attributeName()) === 'cli');
  if (before === undefined) return;
  throw new CommandError(
    'wrong_usage',
    `Write ${before.long} after "${part.name()}", if it is an option of it: before, it is one of "seek-pass erase" alone.`,
  );
}

function emailOption(): Option {
  return new Option('--email', 'everybody at an address, which is asked for or read from standard input');
}

function subjectOption(): Option {
  return new Option(
    '--subject',
    'the person of a stable id of your system, which is asked for or read from standard input',
  );
}
