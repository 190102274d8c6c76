/**
 * `npm run e2e -- claim`: one journey in a real browser, as a person would walk it. Prints `N passed, N failed`; pictures are left in
 * `e2e-results/`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { closingLine } from './reports.mjs';
import { SetUpError, buildProgram, install, root, run } from './set-up.mjs';
import { runVitest } from './vitest-run.mjs';

/** Each journey is one test file of the package it belongs to. `program`: what it runs, besides the command line. */
const journeys = {
  claim: { directory: 'packages/cli', file: 'test/browser/claim.test.ts' },
  nestjs: { directory: 'packages/nestjs-module', file: 'test/browser/nestjs.test.ts', program: 'portal' },
  strapi: {
    directory: 'packages/strapi-plugin',
    file: 'test/browser/strapi.test.ts',
    program: 'campus',
  },
  moodle: { directory: 'packages/moodle-bridge', file: 'test/browser/moodle.test.ts' },
  docs: { directory: 'apps/docs', file: 'test/browser/docs.test.ts' },
};

const isThere = ({ directory, file }) => existsSync(join(root, directory, file));

function choose(name) {
  const there = Object.keys(journeys).filter((key) => isThere(journeys[key]));
  const choice = `Available: ${there.join(', ') || 'none yet'}.`;
  if (name === undefined) throw new SetUpError(`Name the journey, as in "npm run e2e -- claim". ${choice}`);
  const journey = journeys[name];
  if (journey === undefined) throw new SetUpError(`There is no journey "${name}". ${choice}`);
  if (!isThere(journey)) throw new SetUpError(`The journey "${name}" is not built yet. ${choice}`);
  return journey;
}

await run(async () => {
  const journey = choose(process.argv[2]);
  install('all');
  buildProgram('command-line');
  if (journey.program !== undefined) buildProgram(journey.program);
  const chromium = findChromium();
  const directory = join(root, journey.directory);
  const env = chromium ? { ...process.env, CHROMIUM_PATH: chromium } : process.env;
  const { count } = runVitest(directory, [journey.file], env);
  console.log(`\nPictures: e2e-results/\n\n${closingLine(count)}`);
  process.exitCode = count.failed > 0 ? 1 : 0;
});
