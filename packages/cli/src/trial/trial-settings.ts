import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { configFileName, trialFolder } from '../config/config-file.ts';
import type { Config } from '../config/config-shape.ts';
import { given } from '../config/given.ts';
import { secretsFileName } from '../config/secrets-file.ts';
import type { Settings } from '../config/settings.ts';
import { doesNotRunHere, type EmbeddedPlace } from '../flow/embedded-place.ts';
import { freePort } from '../free-port.ts';
import { newSecrets, writeSettings } from '../setting-up/write-settings.ts';
import type { TrialSandbox } from './trial-sandbox.ts';

/**
 * Settings of a new issuer that is there for one trial. What an earlier trial of the same folder stored stays unreadable in
 * the database: its keys are gone.
 */
export async function newTrialSettings(
  { connection, smtpPort }: TrialSandbox,
  brandName: string,
  place: EmbeddedPlace | undefined,
): Promise<Settings> {
  const { baseUrl, clientId, clientSecret } = connection;
  const port = await freePort();
  const config: Config = {
    environment: 'sandbox',
    ...given({ baseUrl }),
    clientId,
    issuer: `trial-${randomBytes(6).toString('hex')}`,
    claimBaseUrl: `http://127.0.0.1:${port}/claim`,
    brand: { name: brandName },
    store: { embedded: { ...(place ?? { folder: 'store' }) } },
    mail: {
      from: { name: brandName, address: 'credentials@example.edu' },
      smtp: { host: '127.0.0.1', port: smtpPort, security: 'none' },
    },
    serve: { port },
  };
  const secrets = newSecrets(config, { clientSecret });
  return { file: configFileName, folder: '.', config, secrets };
}

/** Settings that other commands can read. */
export interface SharedSettings extends Settings {
  /** Takes them away again, unless a later trial has put its own there. */
  readonly unshare: () => Promise<void>;
}

/**
 * Writes the settings where `seek-pass status` of this folder finds them, in place of those of an earlier trial; beside the
 * store when this folder cannot be written.
 */
export async function shareTrialSettings(settings: Settings, place: EmbeddedPlace): Promise<SharedSettings> {
  try {
    return await shareIn(trialFolder, settings);
  } catch (error) {
    if (!doesNotRunHere(error)) throw error;
    return shareIn(place.folder, settings);
  }
}

async function shareIn(folder: string, settings: Settings): Promise<SharedSettings> {
  const file = join(folder, configFileName);
  const remove = async (): Promise<void> => {
    await rm(file, { force: true });
    await rm(join(folder, secretsFileName), { force: true });
  };
  await mkdir(folder, { recursive: true });
  await remove();
  await writeSettings(file, settings);
  return {
    ...settings,
    file,
    folder,
    async unshare() {
      const now = await readFile(file, 'utf8').catch(() => '');
      if (now.includes(String(settings.config.issuer))) await remove();
    },
  };
}
