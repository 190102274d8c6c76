import type { Whose } from '@seek-pass-kit/flows';
import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';

/** How the command line says whom it means. */
export interface WhoseOptions {
  readonly email?: true;
  readonly subject?: true;
  readonly json?: true;
}

const kinds = {
  email: { question: 'E-mail address', of: (text: string): Whose => ({ email: text }) },
  subject: {
    question: 'Stable id of the person in your system',
    of: (text: string): Whose => ({ subject: text }),
  },
} as const;

/**
 * Whom a command means: by the key of an award, or by what a person types or standard input holds. Neither an address nor an id is
 * an argument: shells keep those.
 *
 * @throws {CommandError} `wrong_usage` when nobody was named, or more than one way was used.
 */
export async function askedWhose(
  key: string | undefined,
  { email, subject, json }: WhoseOptions,
  { questions, input }: CommandContext,
): Promise<Whose> {
  const ways = [key, email, subject].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    throw new CommandError(
      'wrong_usage',
      'Say whom you mean in one way: give the key of an award, or --email, or --subject.',
    );
  }
  if (key !== undefined) return { key };
  const { question, of } = kinds[email === true ? 'email' : 'subject'];
  const asked = questions !== undefined && json !== true;
  const text = asked ? await questions.text({ message: question }) : ((await input?.()) ?? '');
  const [line = ''] = text.trim().split(/\r?\n/);
  if (line !== '') return of(line.trim());
  throw new CommandError('wrong_usage', `${question} is missing: write it to standard input, as one line.`);
}
