import { fileURLToPath } from 'node:url';
import type { CredentialType } from '@seek-pass-kit/core';
import { startSandbox } from '@seek-pass-kit/sandbox';
import { CommandError } from '../command-error.ts';
import { today } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import { connect, readConnection } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { connectionSettings } from '../connection-settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { inTermsOfSandbox } from '../sandbox/sandbox-address.ts';
import type { SandboxAddress } from '../sandbox/sandbox-address.ts';
import { startProgressBar } from '../terminal/progress-bar.ts';
import type { Learners } from './read-learners.ts';
import { readLearners } from './read-learners.ts';
import { submitLearners } from './submit-learners.ts';
import { printNextSteps, printTrial, trialJson } from './trial-report.ts';
import type { TrialResult } from './trial-report.ts';

/** Options of `seek-pass try`. */
export interface TryOptions {
  readonly type?: CredentialType;
  readonly delimiter?: string;
  readonly port: number;
  readonly once?: true;
  readonly json?: true;
}

/** Takes the learners of a file, or of the sample, to a sandbox and prints their links. */
export async function runTrial(
  given: string | undefined,
  options: TryOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const file = given ?? sampleFile();
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
  const bar = startProgressBar(terminal, { label: 'Submitting', now });
  let done = 0;
  try {
    const outcome = await submitLearners(connection, ready, () => {
      done += 1;
      bar.show({ done, total: ready.length });
    });
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
