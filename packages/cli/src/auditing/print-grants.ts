import { SeekPassError } from '@seek-pass-kit/core';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { given } from '../config/given.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';

/** Options of `seek-pass audit grants`. */
export interface GrantsOptions {
  readonly config?: string;
  readonly role: string;
}

/** Prints the statements that let a database user add to the record and not change it. Runs nothing. */
export async function printGrants(
  { config, role }: GrantsOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const {
    file,
    config: { store },
  } = await readSettings(config, context);
  if (store.postgres === undefined) {
    throw new CommandError(
      'wrong_setting',
      `${file}: the embedded store has one user of its own. Grants are for store.postgres.`,
    );
  }
  const { grantStatements } = await import('@seek-pass-kit/flows/postgres');
  try {
    const statements = grantStatements({ role, ...given({ schema: store.postgres.schema }) });
    for (const statement of ['BEGIN', ...statements, 'COMMIT']) context.terminal.out(`${statement};`);
  } catch (error) {
    if (SeekPassError.is(error)) throw new CommandError('wrong_usage', error.message, { cause: error });
    throw error;
  }
  return exitCodes.ok;
}
