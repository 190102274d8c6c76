import type {
  AddFlow,
  AwardStatus,
  Withdrawal,
  WithdrawalReason,
  WithdrawalResult,
} from '@seek-pass-kit/flows';
import type { CommandContext } from '../command-context.ts';
import { readSettings } from '../config/settings.ts';
import { confirmByTyping } from '../confirm-by-typing.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { briefly, withFlow } from '../flow/open-flow.ts';
import { printable } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { findAward } from './find-award.ts';

/** Options of `seek-pass withdraw`. */
export interface WithdrawOptions {
  readonly config?: string;
  readonly reason: WithdrawalReason;
  readonly yes?: true;
  readonly json?: true;
}

/** Withdraws one award after a person typed its key, or a script said `--yes` (security rule 13). */
export async function withdrawAward(
  key: string,
  options: WithdrawOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, who } = context;
  const settings = await readSettings(options.config, context);
  return withFlow(
    settings,
    async (flow) => {
      const status = await findAward(flow, key);
      await confirm(key, status, options, context);
      const result = await withdrawNewest(flow, key, status, { reason: options.reason, who });
      if (options.json === true) terminal.out(JSON.stringify({ key, ...result }));
      else printWithdrawal(terminal, result);
      return exitCodes.ok;
    },
    briefly,
  );
}

/** The key was confirmed: when an import corrected its award meanwhile, the correction is withdrawn. */
async function withdrawNewest(
  flow: AddFlow,
  key: string,
  { awardId }: AwardStatus,
  withdrawal: Pick<Withdrawal, 'reason' | 'who'>,
): Promise<Withdrawn> {
  const result = await flow.withdraw({ awardId, ...withdrawal });
  if (result.outcome === 'unknown_award') throw new Error('An award is never deleted.');
  if (result.outcome !== 'superseded') return result;
  return withdrawNewest(flow, key, await findAward(flow, key), withdrawal);
}

type Withdrawn = Exclude<WithdrawalResult, { readonly outcome: 'unknown_award' | 'superseded' }>;

function confirm(
  key: string,
  { state }: AwardStatus,
  options: WithdrawOptions,
  context: CommandContext,
): Promise<void> {
  const { noteColors, note } = context.terminal;
  const toBeTyped = {
    text: key,
    name: 'the key',
    question: 'Type the key of the award to withdraw it',
    nothingDone: 'Nothing was withdrawn',
    tell() {
      note(`${noteColors.bold(printable(key))} is ${state}. Withdrawing closes its claim link for good.`);
      note(noteColors.yellow('A copy in a wallet cannot be recalled, by you or by us: it stays there.'));
    },
  };
  return confirmByTyping(toBeTyped, options, context);
}

function printWithdrawal({ out, colors }: Terminal, result: Withdrawn): void {
  const { green, yellow } = colors;
  out(
    result.outcome === 'withdrawn' ? green('Withdrawn. Its claim link is dead.') : 'It was withdrawn before.',
  );
  if (result.inWallet) {
    out(yellow('It is in the learner’s wallet and stays there: nothing of ours can take it out.'));
  } else if (result.openAtSeekPass) {
    out(
      yellow(
        'The learner was sent to SEEK Pass already and can still finish there: look again with seek-pass status.',
      ),
    );
  }
}
