import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, YAMLError } from 'yaml';
import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';
import { unreadable } from '../source-file.ts';
import { printable } from '../terminal/printable.ts';
import { type Config, configSchema } from './config-shape.ts';
import { problemSentences } from './problems.ts';

/** The config file of a folder; `init` writes it. */
export const configFileName = 'seek-pass.config.yaml';
const otherConfigFileName = 'seek-pass.config.json';

/** Where a trial of this folder keeps its settings, so that a second terminal finds them. */
export const trialFolder = join('.seek-pass', 'trial');

/**
 * The config file that was named; else the one of the folder; else the one of the trial that was started from the folder.
 *
 * @throws {CommandError} `wrong_setting` when there is none.
 */
export async function findConfigFile(
  named: string | undefined,
  { terminal }: CommandContext,
): Promise<string> {
  if (named !== undefined) return named;
  const here = [configFileName, otherConfigFileName];
  for (const file of here) if (await exists(file)) return file;
  const ofTrial = join(trialFolder, configFileName);
  if (await exists(ofTrial)) {
    terminal.note(terminal.noteColors.dim(`Using the trial of this folder (${ofTrial}).`));
    return ofTrial;
  }
  throw new CommandError(
    'wrong_setting',
    `There is no ${configFileName} in this folder: make one with "seek-pass init", or name one with --config.`,
  );
}

/**
 * Reads and checks a config file, YAML or JSON.
 *
 * @throws {CommandError} `unreadable_file`, or `wrong_setting` with one sentence per problem.
 */
export async function readConfigFile(file: string): Promise<Config> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const contents = parseYaml(file, text);
  const checked = configSchema.safeParse(contents);
  if (checked.success) return checked.data;
  throw new CommandError('wrong_setting', problemSentences(file, contents, checked.error, false).join('\n'));
}

/** JSON is YAML too. */
function parseYaml(file: string, text: string): unknown {
  try {
    return parse(text, { prettyErrors: false, maxAliasCount: 0 }) as unknown;
  } catch (error) {
    if (!(error instanceof YAMLError || error instanceof ReferenceError)) throw error;
    const [offset] = error instanceof YAMLError ? error.pos : [0];
    const line = text.slice(0, offset).split('\n').length;
    throw new CommandError(
      'wrong_setting',
      `${printable(file)} cannot be read as YAML, at line ${line}: correct the spacing and the quotes there.`,
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
