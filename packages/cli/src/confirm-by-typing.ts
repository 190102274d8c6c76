import { CommandError } from './command-error.ts';
import type { CommandContext } from './command-context.ts';

/** What is to be typed before something is done that cannot be taken back. */
interface ToBeTyped {
  /** What has to be typed, to the letter. */
  readonly text: string;
  /** What a person calls that, such as `the word`. */
  readonly name: string;
  readonly question: string;
  /** How the refusal begins, such as `Nothing was withdrawn`. */
  readonly nothingDone: string;
  /** Tells the person what would happen, before the question. */
  readonly tell: () => void;
}

/**
 * Goes on once a person has typed the text, also with `--yes`; a script says `--yes` instead.
 *
 * @throws {CommandError} `not_confirmed`: a script without `--yes`, or another text.
 */
export async function confirmByTyping(
  { text, name, question, nothingDone, tell }: ToBeTyped,
  { yes, json }: { readonly yes?: true; readonly json?: true },
  { questions }: CommandContext,
): Promise<void> {
  const script = json === true || questions === undefined;
  if (script && yes === true) return;
  if (script) {
    throw new CommandError(
      'not_confirmed',
      `${nothingDone}: a script confirms with --yes, a person at a terminal by typing ${name}.`,
    );
  }
  tell();
  const typed = await questions.text({ message: question });
  if (typed.trim() === text) return;
  throw new CommandError('not_confirmed', `${nothingDone}: what was typed is not ${name}.`);
}
