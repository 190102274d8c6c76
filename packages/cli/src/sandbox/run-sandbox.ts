import { startSandbox } from '@seek-pass-kit/sandbox';
import type { CommandContext } from '../command-context.ts';
import { connectionSettings } from '../connection-settings.ts';
import { boxLines } from '../terminal/box.ts';
import { inTermsOfSandbox, readyLine } from './sandbox-address.ts';

/** Options of `seek-pass sandbox`. */
export interface SandboxCommandOptions {
  readonly port: number;
  readonly persist?: string;
  readonly json?: true;
}

/** Starts a sandbox, says where it is, and ends it when the program is told to stop. */
export async function runSandbox(options: SandboxCommandOptions, context: CommandContext): Promise<void> {
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
        ['Mail inbox', sandbox.inboxUrl],
        ['Control panel', sandbox.controlUrl],
        ['SMTP', `127.0.0.1:${sandbox.smtpPort}`],
      ] as const;
      const box = boxLines('SEEK Pass sandbox is running', entries, { columns: terminal.columns, bold, dim });
      for (const line of box) terminal.out(line);
      terminal.out('');
      terminal.out('Settings for your software, and for seek-pass in another terminal:');
      terminal.out(`  export ${connectionSettings.environment}=sandbox`);
      terminal.out(`  export ${connectionSettings.baseUrl}=${sandbox.baseUrl}`);
      terminal.out(`  export ${connectionSettings.clientId}=${sandbox.clientId}`);
      terminal.out(`  export ${connectionSettings.clientSecret}=${sandbox.clientSecret}`);
      terminal.out(`  export ${connectionSettings.smtpPort}=${sandbox.smtpPort}`);
      terminal.out('');
      terminal.out(dim('Ctrl+C ends it.'));
    }
    await stopped;
  } finally {
    await sandbox.close();
  }
}
