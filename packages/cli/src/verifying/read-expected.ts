import type { ExpectedPerson } from '@seek-pass-kit/flows';
import { z } from 'zod';
import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';

const remedy =
  'Give the person by standard input, as {"fullName": "…", "dateOfBirth": "YYYY-MM-DD"}: what stands on a command line is in the list of processes and in the history of the shell.';

const expectedSchema = z.strictObject({ fullName: z.string().min(1), dateOfBirth: z.iso.date() });

/**
 * Whom to expect: asked at the terminal, else read as JSON from standard input. Never an option.
 *
 * @throws {CommandError} `unreadable_file` when what comes in is something else; its text is not repeated.
 */
export async function readExpected({ questions, input }: CommandContext): Promise<ExpectedPerson> {
  if (questions !== undefined) {
    const fullName = await questions.text({
      message: 'Full name of the person you expect',
      check: (text) => (text.trim() === '' ? 'Type the name in.' : undefined),
    });
    const dateOfBirth = await questions.text({
      message: 'Birth date, year-month-day',
      check: (text) =>
        z.iso.date().safeParse(text.trim()).success ? undefined : 'Write it like 2001-11-02.',
    });
    return { fullName: fullName.trim(), dateOfBirth: dateOfBirth.trim() };
  }
  const text = await input?.();
  let content: unknown;
  try {
    content = JSON.parse(text ?? '');
  } catch {
    content = undefined;
  }
  const read = expectedSchema.safeParse(content);
  if (read.success) return read.data;
  throw new CommandError('unreadable_file', `Nobody is expected. ${remedy}`);
}
