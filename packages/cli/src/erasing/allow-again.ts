import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { LiftOptions } from './hold.ts';
import { withWhose } from './run-erase.ts';

/** Options of `seek-pass erase allow`. */
export type AllowOptions = LiftOptions;

/** Lets somebody who was erased be awarded again. */
export function allow(
  key: string | undefined,
  options: AllowOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, who } = context;
  return withWhose(key, options, context, async (flow, of) => {
    const outcome = await flow.allowAgain({ of, who });
    const sentence =
      outcome === 'allowed'
        ? 'Allowed: what that erasure kept from being awarded may be awarded again. An import that still has it issues it anew.'
        : 'Nothing is in the way: no erasure suppressed this.';
    terminal.out(options.json === true ? JSON.stringify({ outcome }) : sentence);
    return exitCodes.ok;
  });
}
