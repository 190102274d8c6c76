/**
 * `npm run prove`: the proofs at full size. Prints them and writes `prove/results.json`: name, size, seed, seconds, ok. Words after `--`
 * choose test files by name; `PROVE_SEED=<seed>` repeats a run.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closingLine, proofsIn, total } from './reports.mjs';
import { install, root, run } from './set-up.mjs';
import { proofFiles, suiteDirectories } from './suites.mjs';
import { runVitest } from './vitest-run.mjs';

const words = process.argv.slice(2);

let sum = { passed: 0, failed: 1, skipped: 0 };
await run(async () => {
  install('all');
  const env = { ...process.env, PROVE: 'full' };
  const suites = suiteDirectories(root)
    .map((directory) => ({ directory, files: proofFiles(directory, words) }))
    .filter(({ files }) => files.length > 0);
  const results = suites.map(({ directory, files }) => runVitest(directory, files, env));
  const proofs = results.flatMap(({ report }) => proofsIn(report));
  writeFileSync(join(root, 'prove/results.json'), `${JSON.stringify(proofs, null, 2)}\n`);
  console.table(proofs);
  sum = total(results.map((result) => result.count));
});
console.log(`\n${closingLine(sum)}`);
if (sum.failed > 0) process.exitCode = 1;
