/** Where the test suites are, and the proofs in them. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folders that hold a vitest suite, in the repository at `cwd`. */
export function suiteDirectories(cwd) {
  const packages = join(cwd, 'packages');
  const all = [
    ...readdirSync(packages).map((name) => join(packages, name)),
    join(cwd, 'scripts'),
    join(cwd, 'consumers'),
  ];
  return all.filter((directory) => existsSync(join(directory, 'vitest.config.ts')));
}

/** The proofs of a suite, as paths from `directory`; with `words`, those whose path holds one of them. */
export function proofFiles(directory, words = []) {
  const tests = join(directory, 'test');
  if (!existsSync(tests)) return [];
  return readdirSync(tests, { recursive: true })
    .filter((file) => file.endsWith('.proof.test.ts'))
    .map((file) => join('test', file))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
}
