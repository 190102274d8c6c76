import { once } from 'node:events';
import { CommandError } from '../command-error.ts';

/** Asks the person at the terminal. Ctrl+C and Ctrl+D end the command with `CommandError` code `stopped`. */
export interface Questions {
  /** One line of text. */
  text(question: TextQuestion): Promise<string>;
  /** One line that the terminal does not show. */
  secret(question: Omit<TextQuestion, 'suggested'>): Promise<string>;
  choice<Value extends string>(question: ChoiceQuestion<Value>): Promise<Value>;
  /** Enter alone is no. */
  confirm(question: { readonly message: string }): Promise<boolean>;
}

/** Asks for a line of text. */
export interface TextQuestion {
  readonly message: string;
  /** What Enter alone means. */
  readonly suggested?: string;
  /** What is wrong with an answer, as one sentence. */
  readonly check?: (text: string) => string | undefined;
}

/** Asks for one of a few answers. */
export interface ChoiceQuestion<Value extends string> {
  readonly message: string;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
}

/** Questions on standard error, so that standard output holds results only. The library is loaded with the first one. */
export function createQuestions(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Questions {
  const streams = { input, output };
  return {
    async text({ message, suggested, check }) {
      const { text } = await clack();
      // Enter alone comes as nothing at all.
      const validate = (answer = '') => check?.(answer === '' ? (suggested ?? '') : answer);
      const suggestion = suggested === undefined ? {} : { placeholder: suggested, defaultValue: suggested };
      return answered<string>(text({ ...streams, message, validate, ...suggestion }));
    },
    async secret({ message, check }) {
      const { password } = await clack();
      return answered<string>(password({ ...streams, message, validate: (answer) => check?.(answer ?? '') }));
    },
    async choice<Value extends string>({ message, choices }: ChoiceQuestion<Value>) {
      const { select } = await clack();
      const options = choices.map(({ value, label }) => ({ value: value as string, label }));
      return (await answered<string>(select({ ...streams, message, options }))) as Value;
    },
    async confirm({ message }) {
      const { confirm } = await clack();
      return answered<boolean>(confirm({ ...streams, message, initialValue: false }));
    },
  };
}

async function clack() {
  return import('@clack/prompts');
}

async function answered<Answer>(asked: Promise<Answer | symbol>): Promise<Answer> {
  const listening = new AbortController();
  // After Ctrl+D nobody can answer any more: the question would stay open, and the process end without a word.
  const noMoreInput = once(process, 'beforeExit', { signal: listening.signal });
  try {
    const answer = await Promise.race([asked, noMoreInput.then(() => Symbol('no more input'))]);
    if (typeof answer !== 'symbol') return answer;
    throw new CommandError('stopped', 'Stopped: nothing was changed.');
  } finally {
    listening.abort();
  }
}
