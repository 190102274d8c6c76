import { randomUUID } from 'node:crypto';
import { link, mkdir, open, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigurationError } from '@seek-pass-kit/core';
import { generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { z } from 'zod';

const keyFileSchema = z.strictObject({
  version: z.literal(1),
  /** Protects what is stored of recipients. */
  keyRing: z.record(z.string(), z.unknown()),
  /** What claim links are derived from; while it is rotated also the former one, newest first. */
  claimKey: z.union([z.string(), z.array(z.string()).min(1)]),
  /** Of submission ids, by environment. */
  namespaces: z.record(z.string(), z.string()),
});

/** What a key file holds. */
export type KeyFileContents = Readonly<z.output<typeof keyFileSchema>>;

/**
 * Reads a key file; `undefined` when there is none.
 *
 * @throws {ConfigurationError} `invalid_configuration` when others may read it, or it is damaged.
 */
export async function readKeyFile(file: string): Promise<KeyFileContents | undefined> {
  const text = await readPrivately(file);
  if (text === undefined) return undefined;
  try {
    // The parser's message quotes the file, so it does not go on.
    return keyFileSchema.parse(JSON.parse(text));
  } catch {
    throw new ConfigurationError(
      `The key file ${file} is damaged: restore it from its backup. Without it the stored names cannot be read and no mailed link works.`,
    );
  }
}

async function readPrivately(file: string): Promise<string | undefined> {
  const handle = await open(file).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw new ConfigurationError(
      `The key file ${file} cannot be read: let the user that Strapi runs as read it.`,
    );
  });
  try {
    // Of the opened file, so that nobody changes it between the look and the reading.
    const mode = (await handle?.stat())?.mode ?? 0;
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new ConfigurationError(
        `The key file ${file} can be read by other users of this machine: run "chmod 600" on it, and replace the keys if somebody may have read them.`,
      );
    }
    return await handle?.readFile('utf8');
  } finally {
    await handle?.close();
  }
}

/** New keys, once for a site. They protect everything that will be stored. */
export function newKeys(): KeyFileContents {
  return {
    version: 1,
    keyRing: JSON.parse(generateKeyRing()) as Record<string, unknown>,
    claimKey: generateClaimKey(),
    namespaces: {},
  };
}

/**
 * Makes a key file that only its owner can read, in a folder that git leaves out. Of several instances of a site that start at once, one makes it
 * and the others get that one.
 */
export async function createKeyFile(file: string, contents: KeyFileContents): Promise<KeyFileContents> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${randomUUID()}.draft`);
  await writeDurably(draft, contents);
  try {
    await link(draft, file);
    await writeFile(join(folder, '.gitignore'), '*\n', { flag: 'wx' }).catch(() => undefined);
    return contents;
  } catch (error) {
    const theirs = hasCode(error, 'EEXIST') ? await readKeyFile(file) : undefined;
    if (theirs === undefined) throw error;
    return theirs;
  } finally {
    await rm(draft, { force: true });
  }
}

/** How often somebody who comes while another one writes looks again, and how long between. Writing takes a moment. */
const [looks, pauseMs] = [100, 50];

/**
 * Changes the contents of a key file as a whole or not at all. Who comes while another one writes waits for five seconds.
 *
 * @throws {ConfigurationError} `invalid_configuration` when it is not there, or another process keeps writing it.
 */
export async function changeKeyFile(
  named: string,
  change: (contents: KeyFileContents) => KeyFileContents,
): Promise<KeyFileContents> {
  // Where a link leads, so that no former keys stay there.
  const file = await realpath(named);
  const next = `${file}.next`;
  await takeTurn(next);
  try {
    const contents = await readKeyFile(file);
    if (contents === undefined) throw new ConfigurationError(`The key file ${file} has gone: restore it.`);
    const changed = change(contents);
    await writeDurably(next, changed);
    await rename(next, file);
    return changed;
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
}

/** Makes the file that only one process can make. */
async function takeTurn(next: string): Promise<void> {
  for (let look = 0; look < looks; look += 1) {
    try {
      await (await open(next, 'wx', 0o600)).close();
      return;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
      await pause(pauseMs);
    }
  }
  throw new ConfigurationError(
    `Another process is changing the key file, or was cut off while it did: if none runs, take ${next} away. Then start Strapi again.`,
  );
}

async function writeDurably(file: string, contents: KeyFileContents): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(contents, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
