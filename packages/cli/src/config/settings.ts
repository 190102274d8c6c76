import { dirname, isAbsolute, join } from 'node:path';
import { CommandError } from '../command-error.ts';
import { connectionSettings } from '../connection-settings.ts';
import type { CommandContext } from '../command-context.ts';
import type { Config, Secrets } from './config-shape.ts';
import { findConfigFile, readConfigFile } from './config-file.ts';
import { readSecrets, secretSettings, secretsFileName } from './secrets-file.ts';

/** Everything that a person set for one issuer. */
export interface Settings {
  /** Of the config file. */
  readonly file: string;
  /** Relative paths of the config start here. */
  readonly folder: string;
  readonly config: Config;
  readonly secrets: Secrets;
  /** Where the key ring is kept, when it is in a file: there another process may rotate it. */
  readonly keyRingFile?: string;
}

/**
 * Reads the config file that was named, or the one of this folder, and the secrets beside it. Opens and sends nothing.
 *
 * @throws {CommandError} `wrong_setting` with one sentence per problem, `unreadable_file`.
 */
export async function readSettings(named: string | undefined, context: CommandContext): Promise<Settings> {
  const file = await findConfigFile(named, context);
  const folder = dirname(file);
  const config = await readConfigFile(file);
  refuseOtherConnection(file, config, context);
  const secrets = await readSecrets(folder, context.environment);
  const inEnvironment = (context.environment[secretSettings.keyRing]?.trim() ?? '') !== '';
  return {
    file,
    folder,
    config,
    secrets,
    ...(inEnvironment ? {} : { keyRingFile: join(folder, secretsFileName) }),
  };
}

/**
 * Settings of another connection in the environment were meant for something else, such as a sandbox of this shell. Which
 * of the two is right nobody can say, and a wrong guess could mail real people.
 */
function refuseOtherConnection(file: string, config: Config, { environment }: CommandContext): void {
  const both: readonly (readonly [name: string, setting: keyof Config, ours: string | undefined])[] = [
    [connectionSettings.environment, 'environment', config.environment],
    [connectionSettings.baseUrl, 'baseUrl', config.baseUrl],
    [connectionSettings.clientId, 'clientId', config.clientId],
  ];
  const problems = both.flatMap(([name, setting, ours]) => {
    const theirs = environment[name]?.trim() ?? '';
    if (theirs === '' || theirs === ours) return [];
    return [`${name} is set to something else than ${setting} of ${file}: unset it, or correct the file.`];
  });
  if (problems.length > 0) throw new CommandError('wrong_setting', problems.join('\n'));
}

/** A path of the config: it starts in the folder of its file. */
export function placed(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}
