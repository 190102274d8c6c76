import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '@seek-pass-kit/sandbox';
import { type Run, seekPass } from './seek-pass-process.ts';

/** An issuer that `seek-pass init` has set up in a folder of its own, with a sandbox. */
export interface Issuer {
  readonly folder: string;
  readonly sandbox: Sandbox;
  /** Runs a command in its folder. */
  readonly run: (...args: readonly string[]) => Promise<Run>;
  readonly close: () => Promise<void>;
}

/** The settings by which `init` knows a sandbox. */
export function settingsOf({
  baseUrl,
  clientId,
  clientSecret,
  smtpPort,
}: Pick<Sandbox, 'baseUrl' | 'clientId' | 'clientSecret' | 'smtpPort'>): Record<string, string> {
  return {
    SEEK_PASS_ENVIRONMENT: 'sandbox',
    SEEK_PASS_BASE_URL: baseUrl,
    SEEK_PASS_CLIENT_ID: clientId,
    SEEK_PASS_CLIENT_SECRET: clientSecret,
    SEEK_PASS_SANDBOX_SMTP_PORT: String(smtpPort),
  };
}

/** Sets up an issuer; close it in the end. `claimUrl` needs a port that is free. */
export async function setUpIssuer(claimUrl: string): Promise<Issuer> {
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-issuer-'));
  await chmod(folder, 0o711);
  const sandbox = await startSandbox();
  const settings = settingsOf(sandbox);
  const init = await seekPass(['init', '--yes', '--claim-url', claimUrl], { folder, settings });
  if (init.code !== 0) throw new Error(`init ended with ${init.code}: ${init.stderr}`);
  return {
    folder,
    sandbox,
    run: (...args) => seekPass(args, { folder }),
    async close() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
