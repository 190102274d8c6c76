/** The browser of the browser tests. */
import { existsSync } from 'node:fs';
import { findOrInstall } from './debian.mjs';
import { SetUpError } from './set-up.mjs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of a Chromium, from CHROMIUM_PATH or where Debian puts it; `undefined` where its tests are to be skipped. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '' && !existsSync(named)) {
    throw new SetUpError(`CHROMIUM_PATH names ${named}, which does not exist: correct it or leave it out.`);
  }
  const find = () => named || places.find((place) => existsSync(place));
  return findOrInstall({ find, name: 'Chromium', packageName: 'chromium', tests: 'browser tests' });
}
