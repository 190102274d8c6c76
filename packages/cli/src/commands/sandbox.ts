import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { SandboxCommandOptions } from '../sandbox/run-sandbox.ts';
import { groups } from './groups.ts';
import { portOption } from './options.ts';

/** `seek-pass sandbox`: SEEK Pass on this machine until it is stopped. */
export function addSandboxCommand(program: Command, context: CommandContext): void {
  program
    .command('sandbox')
    .helpGroup(groups.tryOut)
    .summary('run SEEK Pass on this machine')
    .description(
      'Runs SEEK Pass on this machine: the partner API, the wallet pages, a mail inbox and a control panel. It answers to this machine only and knows no real person.',
    )
    .addOption(portOption(4010))
    .option('--persist <file>', 'keep the state in this file; without it everything is gone at the end')
    .option('--json', 'print one line of JSON when ready, nothing else')
    .addHelpText(
      'after',
      `
Examples:
  seek-pass sandbox
  seek-pass sandbox --port 0 --json
  seek-pass sandbox --persist sandbox-state.json`,
    )
    .action(async (options: SandboxCommandOptions) => {
      const { runSandbox } = await import('../sandbox/run-sandbox.ts');
      await runSandbox(options, context);
    });
}
