import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { KeyFile } from '@seek-pass-kit/flows';
import { CommandError } from '../command-error.ts';
import { secretSettings, secretsOfFile } from './secrets-file.ts';
import type { Settings } from './settings.ts';

/**
 * The key ring of an issuer, where it is kept: in the secrets file, which another process may rotate, or in the environment, which
 * stays as it is.
 */
export function keyFileOf({ keyRingFile, secrets }: Pick<Settings, 'keyRingFile' | 'secrets'>): KeyFile {
  const text = JSON.stringify(secrets.keyRing);
  if (keyRingFile === undefined) return { read: async () => text, write: refuseToWrite };
  let known: string | undefined;
  return {
    async read() {
      known = textOf(await secretsOfFile(keyRingFile));
      return known;
    },
    write: (next) =>
      replaceFile(keyRingFile, async () => {
        const contents = await secretsOfFile(keyRingFile);
        // A key that another process has just made would be lost, and what it protects with it.
        if (known !== undefined && textOf(contents) !== known) throw changedMeanwhile(keyRingFile);
        const keyRing = JSON.parse(next) as unknown;
        known = JSON.stringify(keyRing);
        return `${JSON.stringify({ ...contents, keyRing }, null, 2)}\n`;
      }),
  };
}

function changedMeanwhile(file: string): CommandError {
  return new CommandError(
    'wrong_setting',
    `Another process changed the key ring in ${file} meanwhile: nothing was written. Run it again when that one has ended.`,
  );
}

function textOf(contents: object): string {
  return JSON.stringify('keyRing' in contents ? contents.keyRing : undefined) ?? '';
}

function refuseToWrite(): Promise<never> {
  throw new CommandError(
    'wrong_setting',
    `The key ring is not in a file of this folder (${secretSettings.keyRing} is set, or this is a trial): rotate it where it is kept, as on the page "Stores and keys".`,
  );
}

/** As a whole or not at all, for the owner of the former one only; where a link leads, so that no former keys stay there. */
async function replaceFile(named: string, compose: () => Promise<string>): Promise<void> {
  const file = await realpath(named);
  const next = `${file}.next`;
  const { uid, gid } = await stat(file);
  const handle = await open(next, 'wx', 0o600).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new CommandError(
      'wrong_setting',
      `${next} exists: another process is writing the secrets, or one was cut off. Take it away if none runs.`,
      { cause: error },
    );
  });
  try {
    if (process.getuid?.() === 0) await handle.chown(uid, gid);
    await handle.writeFile(await compose());
    await handle.sync();
    await handle.close();
    await rename(next, file);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(next, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}

/** After a crash the folder names the new file. Windows does not open folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
