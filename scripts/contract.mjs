/**
 * `npm run contract`: the same questions to a sandbox and, when the environment has credentials for it, to SEEK Pass staging;
 * differences as a table. Exit code 0 when nothing differs, 1 when something does, 2 when a setting is wrong.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execute, install, root, run } from './set-up.mjs';

await run(async () => {
  install('command-line');
  const sandbox = join(root, 'packages/sandbox');
  execute(join(sandbox, 'node_modules/.bin/tsdown'), ['--config', 'contract/tsdown.config.ts'], {
    cwd: sandbox,
    what: 'The contract suite could not be built',
    quiet: true,
  });
  await import(pathToFileURL(join(sandbox, 'contract/dist/contract.mjs')).href);
});
