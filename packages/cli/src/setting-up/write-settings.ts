import { existsSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createNamespace } from '@seek-pass-kit/core';
import { generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { stringify } from 'yaml';
import { CommandError } from '../command-error.ts';
import type { Config, Secrets } from '../config/config-shape.ts';
import { secretsFileName } from '../config/secrets-file.ts';

/** Settings that are to be written. */
export interface NewSettings {
  readonly config: Config;
  readonly secrets: Secrets;
}

/** Secrets of a new issuer; what is given is added. */
export function newSecrets(
  { environment, clientId }: Pick<Config, 'environment' | 'clientId'>,
  given: Pick<Secrets, 'clientSecret' | 'databaseUrl' | 'smtpPassword'>,
): Secrets {
  return {
    ...given,
    claimKey: generateClaimKey(),
    namespace: createNamespace({ environment, clientId }),
    keyRing: JSON.parse(generateKeyRing()) as Record<string, unknown>,
  };
}

const heading = `# Settings of seek-pass. There are no secrets in this file: they are in ${secretsFileName} beside it, which only
# you can read. Back that file up apart from the database: without it no stored name can be read and no mailed link works.

`;

/**
 * Writes a config file and the secrets beside it, mode 0600. The returned function takes both away again.
 *
 * @throws {CommandError} `wrong_usage` when one of them is there: its secrets belong to stored awards.
 */
export async function writeSettings(
  file: string,
  { config, secrets }: NewSettings,
): Promise<() => Promise<void>> {
  const folder = dirname(file);
  const secretsFile = join(folder, secretsFileName);
  await mkdir(folder, { recursive: true });
  await writeNew(secretsFile, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
  const undo = async (): Promise<void> => {
    await rm(secretsFile, { force: true });
  };
  try {
    const text = file.endsWith('.json')
      ? `${JSON.stringify(config, null, 2)}\n`
      : heading + stringify(config);
    await writeNew(file, text, 0o644);
  } catch (error) {
    await undo();
    throw error;
  }
  return async () => {
    await undo();
    await rm(file, { force: true });
  };
}

/**
 * Says it before anybody is asked anything.
 *
 * @throws {CommandError} `wrong_usage` when the config file or the secrets beside it are there.
 */
export function refuseToOverwrite(file: string): void {
  for (const one of [file, join(dirname(file), secretsFileName)]) if (existsSync(one)) throw existing(one);
}

function existing(file: string): CommandError {
  return new CommandError(
    'wrong_usage',
    `${file} exists, and seek-pass never overwrites it: edit it, or move it away to start anew.`,
  );
}

async function writeNew(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw existing(file);
  });
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
