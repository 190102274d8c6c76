import type { AddFlow, ResendOutcome } from '@seek-pass-kit/flows';
import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { briefly, withFlow } from '../flow/open-flow.ts';
import { printable } from '../terminal/printable.ts';

/** Options of `seek-pass resend`. */
export interface ResendOptions {
  readonly config?: string;
  readonly unknown?: true;
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

/** Has the recipients of these awards mailed once more, or, with `--unknown`, of all mails whose fate nobody knows. */
export async function resendMail(
  keys: readonly string[],
  options: ResendOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, who } = context;
  if (keys.length > 0 === (options.unknown === true)) {
    throw new CommandError('wrong_usage', 'Give the keys of awards, or --unknown, one of the two.');
  }
  const settings = await readSettings(options.config, context);
  return withFlow(
    settings,
    async (flow) => {
      let code: ExitCode = exitCodes.ok;
      const asked = options.unknown === true ? unknownMails(flow) : awardsOf(flow, keys);
      for await (const { name, awardId } of asked) {
        const outcome = awardId === undefined ? 'unknown_award' : await flow.resendMail({ awardId, who });
        if (outcome !== 'queued') code = exitCodes.problemsFound;
        if (options.json === true) terminal.out(JSON.stringify({ ...name, outcome }));
        else {
          const colour = outcome === 'queued' ? terminal.colors.green : terminal.colors.red;
          terminal.out(
            `${terminal.colors.bold(printable(Object.values(name).join()))}  ${colour(`${sentences[outcome]}.`)}`,
          );
        }
      }
      return code;
    },
    briefly,
  );
}

/** An award to be mailed about, by what the person calls it; without id when there is none. */
interface AskedFor {
  readonly name: { readonly key: string } | { readonly awardId: string };
  readonly awardId: string | undefined;
}

async function* awardsOf(flow: AddFlow, keys: readonly string[]): AsyncGenerator<AskedFor> {
  for (const key of new Set(keys)) yield { name: { key }, awardId: (await flow.status(key))?.awardId };
}

/** One award of each mail will do: its recipient is mailed about everything. Collected first, because resending ends the list. */
async function* unknownMails(flow: AddFlow): AsyncGenerator<AskedFor> {
  const awardOfRecipient = new Map<string, string>();
  for await (const { state, recipientId, awardIds } of flow.mailTroubles()) {
    const [awardId] = awardIds;
    if (state === 'unknown' && awardId !== undefined) awardOfRecipient.set(recipientId, awardId);
  }
  for (const awardId of awardOfRecipient.values()) yield { name: { awardId }, awardId };
}
