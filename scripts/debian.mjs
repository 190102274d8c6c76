/** Programs from Debian that tests need. */
import { SetUpError, execute } from './set-up.mjs';

/**
 * Finds a program with `find`. In CI a missing one is installed, and not getting it is a failure; elsewhere the command to
 * install it is printed, its tests are skipped, and the result is `undefined`.
 */
export function findOrInstall({ find, name, packageName, tests }) {
  const found = find();
  if (found !== undefined) return found;
  const command = `apt-get install -y ${packageName}`;
  if (!process.env.CI) {
    console.error(`\nNo ${name} on this machine: ${tests} are skipped. To run them: ${command}\n`);
    return undefined;
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const what = `${name} is missing and could not be installed with "${command}"`;
  console.error(`Installing ${name} …`);
  execute('apt-get', ['update'], { env, what, quiet: true });
  execute('apt-get', ['install', '-y', '--no-install-recommends', packageName], { env, what, quiet: true });
  const installed = find();
  if (installed !== undefined) return installed;
  throw new SetUpError(`${what}: it is not where Debian puts it.`);
}
