import type { HoldReason } from '@seek-pass-kit/flows';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { WhoseOptions } from './asked-whose.ts';
import { withWhose } from './run-erase.ts';

/** Options of `seek-pass erase lift`. */
export interface LiftOptions extends WhoseOptions {
  readonly config?: string;
}

/** Options of `seek-pass erase hold`. */
export interface HoldOptions extends LiftOptions {
  readonly reason: HoldReason;
}

/** Keeps somebody or something from being erased, by a person or by a rule. */
export function hold(
  key: string | undefined,
  options: HoldOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, who } = context;
  return withWhose(key, options, context, async (flow, of) => {
    await flow.placeHold({ of, reason: options.reason, who });
    terminal.out(
      options.json === true
        ? JSON.stringify({ outcome: 'held' })
        : 'Held: neither a person nor a retention rule erases this until you lift it.',
    );
    return exitCodes.ok;
  });
}

/** Lifts a hold. */
export function lift(
  key: string | undefined,
  options: LiftOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, who } = context;
  return withWhose(key, options, context, async (flow, of) => {
    const outcome = await flow.liftHold({ of, who });
    const sentence =
      outcome === 'lifted'
        ? 'Lifted: it may be erased again.'
        : 'There is no hold on this: name it as it was named when it was held.';
    terminal.out(options.json === true ? JSON.stringify({ outcome }) : sentence);
    return outcome === 'lifted' ? exitCodes.ok : exitCodes.problemsFound;
  });
}
