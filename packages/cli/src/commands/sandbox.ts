import { startSandbox } from '@seek-pass-kit/sandbox';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { connectionSettings } from '../connection.ts';
import { boxLines } from '../terminal/box.ts';
import { groups } from './groups.ts';
import { inTermsOfSandbox, portOption, readyLine } from './sandbox-output.ts';

interface SandboxCommandOptions {
  readonly port: number;
  readonly persist?: string;
  readonly json?: true;
}

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
    .action((options: SandboxCommandOptions) => runSandbox(options, context));
}

async function runSandbox(options: SandboxCommandOptions, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const stopped = context.stopped();
  const sandbox = await startSandbox({
    port: options.port,
    ...(options.persist === undefined ? {} : { stateFile: options.persist }),
  }).catch(inTermsOfSandbox);
  try {
    if (options.json === true) {
      terminal.out(readyLine(sandbox));
    } else {
      const { bold, dim } = terminal.colors;
      const entries = [
        ['Partner API', sandbox.baseUrl],
        ['Client id', sandbox.clientId],
        ['Client secret', sandbox.clientSecret],
        ['Mail inbox', sandbox.inboxUrl],
        ['Control panel', sandbox.controlUrl],
        ['SMTP', `127.0.0.1:${sandbox.smtpPort}`],
      ] as const;
      const box = boxLines(bold('SEEK Pass sandbox is running'), entries, { columns: terminal.columns, dim });
      for (const line of box) terminal.out(line);
      terminal.out('');
      terminal.out('In another terminal:');
      terminal.out(`  export ${connectionSettings.environment}=sandbox`);
      terminal.out(`  export ${connectionSettings.baseUrl}=${sandbox.baseUrl}`);
      terminal.out(`  export ${connectionSettings.clientId}=${sandbox.clientId}`);
      terminal.out(`  export ${connectionSettings.clientSecret}=${sandbox.clientSecret}`);
      terminal.out('');
      terminal.out(dim('Ctrl+C ends it.'));
    }
    await stopped;
  } finally {
    await sandbox.close();
  }
}
