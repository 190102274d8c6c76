/** The browser of the browser tests. */
import { existsSync } from 'node:fs';
import { SetUpError, execute } from './set-up.mjs';

const command = 'apt-get install -y chromium';
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Path of a Chromium, from CHROMIUM_PATH or where Debian puts it. In CI a missing one is installed, and not getting it is a
 * failure; elsewhere the command to install it is printed and the browser tests are skipped (`undefined`).
 */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '' && !existsSync(named)) {
    throw new SetUpError(`CHROMIUM_PATH names ${named}, which does not exist: correct it or leave it out.`);
  }
  const present = () => named || places.find((place) => existsSync(place));
  if (present()) return present();
  if (!process.env.CI) {
    console.error(`\nNo Chromium on this machine: browser tests are skipped. To run them: ${command}\n`);
    return undefined;
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const what = `Chromium is missing and could not be installed with "${command}"`;
  console.error('Installing Chromium …');
  execute('apt-get', ['update'], { env, what, quiet: true });
  execute('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env, what, quiet: true });
  if (present()) return present();
  throw new SetUpError(`${what}: it is not in ${places.join(' or ')}.`);
}
