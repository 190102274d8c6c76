#!/usr/bin/env node
/** `npm start` and `npx seek-pass …` in the repository: set-up where it is needed, then the command line, in this process. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildProgram, install, root, run } from './set-up.mjs';

await run(async () => {
  install('command-line');
  buildProgram('command-line');
  const program = join(root, 'packages/cli/bin/seek-pass.mjs');
  process.argv[1] = program;
  await import(pathToFileURL(program).href);
});
