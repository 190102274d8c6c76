import type { Brake, RowOutcome } from '@seek-pass-kit/flows/bulk';
import type { CommandContext } from '../command-context.ts';
import { plural } from '../terminal/plural.ts';
import type { Questions } from '../terminal/questions.ts';

/** What a command line says about issuing. */
interface Consent {
  readonly yes?: true;
  readonly confirm?: number;
  readonly json?: true;
}

/**
 * Whether somebody wants the awards of a file issued. A large file, and one that corrects awards, needs their number: typed at
 * the terminal, or given by a script. Says what is missing when it is not.
 */
export async function isConfirmed(
  { awards, newAwards, corrections, needsConfirmation }: Brake,
  { yes, confirm, json }: Consent,
  { terminal, questions }: CommandContext,
): Promise<boolean> {
  if (confirm === awards || (yes === true && !needsConfirmation)) return true;
  const what = `${plural(awards, 'award')} (${newAwards} new, ${plural(corrections, 'correction')})`;
  if (json === true || questions === undefined) {
    terminal.note(
      `Nothing was issued. To issue ${what}, say --confirm ${awards}${needsConfirmation ? '' : ' or --yes'}.`,
    );
    return false;
  }
  if (needsConfirmation) {
    const typed = await questions.text({ message: `Type the number of awards to issue ${what}` });
    if (typed.trim() === String(awards)) return true;
  } else if (await questions.confirm({ message: `Issue ${what}?` })) return true;
  terminal.note('Nothing was issued.');
  return false;
}

/** Asks whether the first mails arrived as they should; the rest waits for the answer. */
export async function askWhetherCanaryArrived(
  canary: readonly RowOutcome[],
  questions: Questions,
  { terminal }: CommandContext,
): Promise<boolean> {
  terminal.note(
    canary.length === 0
      ? 'The first awards of this file are issued.'
      : `The first ${plural(canary.length, 'award')} are issued: rows ${canary.map(({ row }) => row).join(', ')}.`,
  );
  terminal.note('"seek-pass serve" mails them now. Look at one of the mails, and at where it leads.');
  return questions.confirm({ message: 'Are they right? Then the others follow' });
}
