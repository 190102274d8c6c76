import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const core = fileURLToPath(new URL('../../packages/core/', import.meta.url));

/** Kilobytes, in the order of packages/core/.size-limit.json, whose limits are what `npm test` insists on. */
const bars = [15, 4];

/** Own code of core as a bundler ships it: minified and gzipped, without undici and zod. */
export function sizes() {
  const { stdout } = spawnSync('node_modules/.bin/size-limit', ['--json'], { cwd: core, encoding: 'utf8' });
  return JSON.parse(stdout).map(({ name, size }, index) => ({
    name: `own code of ${name}, minified and gzipped`,
    value: size / 1_000,
    unit: 'kB',
    bar: bars[index],
    better: 'lower',
  }));
}
