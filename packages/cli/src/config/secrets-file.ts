import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../command-error.ts';
import { unreadable } from '../source-file.ts';
import { type Secrets, secretsSchema } from './config-shape.ts';
import { problemSentences } from './problems.ts';

/** The secrets beside a config file; `init` writes it, mode 0600. */
export const secretsFileName = 'seek-pass.secrets.json';

/** What each secret is called in the environment, where it wins over the file. */
export const secretSettings = {
  clientSecret: 'SEEK_PASS_CLIENT_SECRET',
  claimKey: 'SEEK_PASS_CLAIM_KEY',
  namespace: 'SEEK_PASS_NAMESPACE',
  keyRing: 'SEEK_PASS_KEY_RING',
  databaseUrl: 'SEEK_PASS_DATABASE_URL',
  smtpPassword: 'SEEK_PASS_SMTP_PASSWORD',
} as const satisfies Record<keyof Secrets, string>;

/**
 * Reads the secrets of the file beside a config, if there is one, and of the environment. Which ones are needed, the command
 * knows.
 *
 * @throws {CommandError} `wrong_setting` when others may read the file (security rule 22), or what it holds is not right.
 */
export async function readSecrets(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Secrets> {
  const file = join(folder, secretsFileName);
  const contents = { ...(await secretsOfFile(file)), ...secretsOfEnvironment(environment) };
  const checked = secretsSchema.safeParse(contents);
  if (checked.success) return checked.data;
  throw new CommandError('wrong_setting', problemSentences(file, contents, checked.error, true).join('\n'));
}

/**
 * What a secrets file holds, not checked yet; nothing, when there is none.
 *
 * @throws {CommandError} `wrong_setting` when others may read it, or it is no JSON object.
 */
export async function secretsOfFile(file: string): Promise<object> {
  const text = await readPrivateFile(file);
  if (text === undefined) return {};
  try {
    const contents: unknown = JSON.parse(text);
    if (typeof contents === 'object' && contents !== null && !Array.isArray(contents)) return contents;
  } catch {
    // The parser's message quotes the file, so it does not go on.
  }
  throw new CommandError('wrong_setting', `${file} is not a JSON object: restore it from its backup.`);
}

/** `undefined` when there is no such file. */
async function readPrivateFile(file: string): Promise<string | undefined> {
  let handle;
  try {
    handle = await open(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw unreadable(file, error);
  }
  try {
    // Of the opened file, so that nobody changes it between the look and the reading.
    const { mode } = await handle.stat();
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new CommandError(
        'wrong_setting',
        `${file} can be read by other users of this machine: run "chmod 600 ${file}", and replace its secrets if somebody may have read them.`,
      );
    }
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

function secretsOfEnvironment(environment: Readonly<Record<string, string | undefined>>): object {
  const given = Object.entries(secretSettings).flatMap(([secret, name]) => {
    const text = environment[name]?.trim() ?? '';
    return text === '' ? [] : [[secret, readSecret(secret, name, text)] as const];
  });
  return Object.fromEntries(given);
}

function readSecret(secret: string, name: string, text: string): unknown {
  if (secret === 'claimKey') return text.split(/[\s,]+/);
  if (secret !== 'keyRing') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CommandError('wrong_setting', `${name} is not JSON: give the key ring as one line of JSON.`);
  }
}
