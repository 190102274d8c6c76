import {
  BulkError,
  type BulkFile,
  guessMapping,
  type MappingGuess,
  mappingToYaml,
} from '@seek-pass-kit/flows/bulk';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * Prints a mapping that may fit a file whose titles are not ours: on standard output, to be looked at and saved. A guess is
 * never issued by itself.
 */
export async function suggestMapping(source: BulkFile, { out, note }: Terminal): Promise<void> {
  if (source.mapping !== undefined) return;
  const { open, type, delimiter, sheet } = source;
  let guess: MappingGuess;
  try {
    guess = await guessMapping(open(), { type, delimiter, sheet });
  } catch (error) {
    // What is wrong with the file is told anyway.
    if (BulkError.is(error)) return;
    throw error;
  }
  const { mapping, missing } = guess;
  for (const line of mappingToYaml(mapping).trimEnd().split('\n')) out(line);
  const lack = missing.length === 0 ? '' : ` No column seems to hold ${missing.join(', ')}: add them.`;
  note(
    `Above is a mapping that may fit.${lack} Correct it, save it as a .yaml file, and name it with --mapping.`,
  );
}
