import { fileURLToPath } from 'node:url';
import type { CredentialType } from '@seek-pass-kit/core';
import { startSandbox } from '@seek-pass-kit/sandbox';
import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { today } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import { connect, connectionSettings, readConnection } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { startProgressBar } from '../terminal/progress-bar.ts';
import type { Learners } from '../trial/read-learners.ts';
import { readLearners } from '../trial/read-learners.ts';
import { submitLearners } from '../trial/submit-learners.ts';
import { printNextSteps, printTrial, trialJson } from '../trial/trial-report.ts';
import type { TrialResult } from '../trial/trial-report.ts';
import { credentialTypeOption, delimiterOption } from './credential-type-option.ts';
import { groups } from './groups.ts';
import { inTermsOfSandbox, portOption } from './sandbox-output.ts';
import type { SandboxAddress } from './sandbox-output.ts';

interface TryOptions {
  readonly type?: CredentialType;
  readonly delimiter: string;
  readonly port: number;
  readonly once?: true;
  readonly json?: true;
}

/** `seek-pass try`: from a CSV file to the wallets of the sandbox. It never reaches a real person. */
export function addTryCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  program
    .command('try')
    .helpGroup(groups.tryOut)
    .summary('issue the learners of a CSV file to the wallets of a sandbox')
    .description(
      'Reads a CSV file, checks it, submits what can be sent to a sandbox on this machine, and prints a wallet link for each learner. Then the sandbox stays open, so that you can be the learner in a browser.',
    )
    .argument('[file]', 'a .csv file with one learner a row (default: 50 made-up learners)')
    .addOption(credentialTypeOption())
    .addOption(delimiterOption())
    .addOption(portOption(0))
    .option('--once', 'end when every learner has a link')
    .option('--json', 'print one line of JSON instead of the table')
    .addHelpText(
      'after',
      `
It starts a sandbox of its own. With ${connectionSettings.environment}=sandbox it uses one that is running, by
${connectionSettings.baseUrl}, ${connectionSettings.clientId} and ${connectionSettings.clientSecret}.

Exit codes: 0 every row that could be sent has a link, 1 some learner got none, 2 nothing was sent.

Examples:
  seek-pass try
  seek-pass try learners.csv --once
  seek-pass try learners.csv --once --json`,
    )
    .action(async (file: string | undefined, options: TryOptions) =>
      end(await runTrial(file ?? sampleFile(), options, context)),
    );
}

async function runTrial(file: string, options: TryOptions, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const running = runningSandbox(context);
  const { type, delimiter } = options;
  const learners = await readLearners(file, { type, delimiter, today: today(context) });
  if (running !== undefined) {
    const result = await submit(file, running, undefined, learners, context);
    return show(result, options, context);
  }
  const stopped = context.stopped();
  const sandbox = await startSandbox({ port: options.port }).catch(inTermsOfSandbox);
  try {
    const { clientId, clientSecret, baseUrl } = sandbox;
    const connection: Connection = { environment: 'sandbox', baseUrl, clientId, clientSecret };
    const result = await submit(file, connection, sandbox, learners, context);
    const code = show(result, options, context);
    if (options.once !== true) {
      if (options.json !== true) printNextSteps(terminal, result);
      await stopped;
    }
    return code;
  } finally {
    await sandbox.close();
  }
}

/** The sandbox that the settings name, if they do. A trial goes nowhere else: made-up learners do not belong to SEEK Pass. */
function runningSandbox({ environment }: CommandContext): Connection | undefined {
  const connection = readConnection(environment);
  if (connection === undefined) return undefined;
  if (connection.environment !== 'sandbox') {
    throw new CommandError(
      'wrong_setting',
      `seek-pass try goes to a sandbox only, and ${connectionSettings.environment} is ${connection.environment}: unset it, and a sandbox starts by itself.`,
    );
  }
  void connect(connection).close();
  return connection;
}

async function submit(
  file: string,
  connection: Connection,
  sandbox: SandboxAddress | undefined,
  { ready, rejected }: Learners,
  { terminal, now }: CommandContext,
): Promise<TrialResult> {
  const bar = startProgressBar(terminal, { label: 'Submitting', total: ready.length, now });
  try {
    const outcome = await submitLearners(connection, ready, bar.advance);
    return { file, sandbox, rejected, ...outcome };
  } finally {
    bar.end();
  }
}

function show(result: TrialResult, options: TryOptions, { terminal }: CommandContext): ExitCode {
  if (options.json === true) terminal.out(trialJson(result));
  else printTrial(terminal, result);
  return result.failed.length > 0 || result.submitted.length === 0 ? exitCodes.problemsFound : exitCodes.ok;
}

/** The sample that comes with this package: a copy of `examples/learners.csv`. */
function sampleFile(): string {
  return fileURLToPath(new URL('learners.csv', import.meta.url));
}
