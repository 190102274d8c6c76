import type { AddFlow, ResendOutcome } from '@seek-pass-kit/flows';
import type { CommandContext } from '../command-context.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { withFlow } from '../flow/open-flow.ts';
import { printable } from '../terminal/printable.ts';

/** Options of `seek-pass resend`. */
export interface ResendOptions {
  readonly config?: string;
  readonly json?: true;
}

const sentences: Readonly<Record<ResendOutcome, string>> = {
  queued: 'is mailed once more, by "seek-pass serve"',
  unknown_award: 'is no key of an award: give it as it was issued, capital letters included',
  address_muted:
    'is not mailed: the address takes no mails, or asked for none; correct it, or tell the learner another way',
  closed: 'is withdrawn or replaced: there is nothing to claim',
  too_often: 'was mailed three times within this hour: wait, or ask the learner to look into the spam folder',
};

/** Has the recipients of these awards mailed once more. */
export async function resendMail(
  keys: readonly string[],
  options: ResendOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, who } = context;
  const settings = await readSettings(options.config, context);
  return withFlow(settings, async (flow) => {
    let code: ExitCode = exitCodes.ok;
    for (const key of new Set(keys)) {
      const outcome = await resendOne(flow, key, who);
      if (outcome !== 'queued') code = exitCodes.problemsFound;
      if (options.json === true) terminal.out(JSON.stringify({ key, outcome }));
      else {
        const colour = outcome === 'queued' ? terminal.colors.green : terminal.colors.red;
        terminal.out(`${terminal.colors.bold(printable(key))}  ${colour(`${sentences[outcome]}.`)}`);
      }
    }
    return code;
  });
}

async function resendOne(flow: AddFlow, key: string, who: string): Promise<ResendOutcome> {
  const status = await flow.status(key);
  return status === undefined ? 'unknown_award' : flow.resendMail({ awardId: status.awardId, who });
}
