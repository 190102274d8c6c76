import type { CommandContext } from '../command-context.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { briefly, withFlow } from '../flow/open-flow.ts';
import { headText } from './heads-file.ts';

/** Options of `seek-pass audit head`. */
export interface HeadOptions {
  readonly config?: string;
}

/** Prints the end of the chain as a line of a heads file. */
export async function printHead({ config }: HeadOptions, context: CommandContext): Promise<ExitCode> {
  const settings = await readSettings(config, context);
  const head = await withFlow(settings, (flow) => flow.auditHead(), briefly);
  if (head === undefined) {
    context.terminal.note(
      'There is no chain yet: "seek-pass serve" makes its first link when something was done.',
    );
    return exitCodes.problemsFound;
  }
  context.terminal.write(headText(head));
  return exitCodes.ok;
}
