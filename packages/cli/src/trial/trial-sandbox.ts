import { randomUUID } from 'node:crypto';
import { SeekPassError } from '@seek-pass-kit/core';
import { type Sandbox, startSandbox } from '@seek-pass-kit/sandbox';
import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';
import { connect, type Connection, inTermsOfSettings, readConnection } from '../connection.ts';
import { connectionSettings } from '../connection-settings.ts';
import { inTermsOfSandbox } from '../sandbox/sandbox-address.ts';

/** The sandbox of a trial. */
export interface TrialSandbox {
  readonly connection: Connection;
  readonly smtpPort: number;
  /** Absent when it ran already. */
  readonly own?: Sandbox;
}

/**
 * The sandbox that the settings name, if they do, asked whether it lets us in. A trial goes nowhere else: made-up
 * learners do not belong to SEEK Pass.
 *
 * @throws {CommandError} `wrong_setting`, `refused_by_seek_pass`, `no_answer`.
 */
export async function findSandbox({ environment }: CommandContext): Promise<TrialSandbox | undefined> {
  const connection = readConnection(environment);
  if (connection === undefined) return undefined;
  if (connection.environment !== 'sandbox') {
    throw new CommandError(
      'wrong_setting',
      `seek-pass try goes to a sandbox only, and ${connectionSettings.environment} is ${connection.environment}: unset it, and a sandbox starts by itself.`,
    );
  }
  await signIn(connection);
  return { connection, smtpPort: readSmtpPort(environment[connectionSettings.smtpPort]) };
}

/** Starts a sandbox for this trial. */
export async function startOwnSandbox(port: number): Promise<TrialSandbox & { readonly own: Sandbox }> {
  const own = await startSandbox({ port }).catch(inTermsOfSandbox);
  const { baseUrl, clientId, clientSecret, smtpPort } = own;
  return { connection: { environment: 'sandbox', baseUrl, clientId, clientSecret }, smtpPort, own };
}

/** Asks about a submission that there is not: what matters is whether it is answered. */
async function signIn(connection: Connection): Promise<void> {
  const seekPass = connect(connection);
  try {
    await seekPass.statuses([randomUUID()]);
  } catch (error) {
    if (SeekPassError.is(error) && error.code === 'unavailable' && error.status === undefined) {
      throw new CommandError(
        'no_answer',
        `Nothing answers at the address of SEEK Pass: check that the sandbox is running and that ${connectionSettings.baseUrl} is its address.`,
        { cause: error },
      );
    }
    throw inTermsOfSettings(error);
  } finally {
    await seekPass.close();
  }
}

function readSmtpPort(text: string | undefined): number {
  const port = Number(text?.trim() ?? '');
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port;
  throw new CommandError(
    'wrong_setting',
    `${connectionSettings.smtpPort} is missing or no port: set it as "seek-pass sandbox" prints it.`,
  );
}
