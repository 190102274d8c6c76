import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { ServeOptions } from '../serving/run-serve.ts';
import { groups } from './groups.ts';
import { configOption } from './options.ts';

/** `seek-pass serve`: claim pages and workers until it is stopped. */
export function addServeCommand(program: Command, context: CommandContext): void {
  program
    .command('serve')
    .helpGroup(groups.issue)
    .summary('run the claim pages, send mails, follow what becomes of awards')
    .description(
      'Serves the claim pages, sends the mails, asks SEEK Pass what became of submissions and reminds learners, until it is stopped. Any number of these may run over one PostgreSQL database; the other commands may run beside it.',
    )
    .addOption(configOption())
    .option('--json', 'print one line of JSON when ready; the log on standard error is JSON too')
    .addHelpText(
      'after',
      `
SIGTERM and Ctrl+C end it: what is under way is finished first, and what takes longer is taken up again by the next start.

Examples:
  seek-pass serve
  seek-pass serve --config /etc/seek-pass/seek-pass.config.yaml --json`,
    )
    .action(async (options: ServeOptions) => {
      const { runServe } = await import('../serving/run-serve.ts');
      await runServe(options, context);
    });
}
