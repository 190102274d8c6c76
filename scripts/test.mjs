/**
 * `npm test`: set-up, then every check and every test suite, on this Node and on the second runtimes. Turbo runs what changed since
 * it last passed. Ends with `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { findPostgresql } from './postgresql.mjs';
import {
  closingLine,
  countReport,
  failedTests,
  forgetReport,
  forgetTasks,
  proofsIn,
  readReport,
  readTasks,
  total,
} from './reports.mjs';
import { prepareRuntime, runtimeRoot, runtimeSuites, secondRuntimes } from './runtimes.mjs';
import { forgetProgramBuilds, install, root, run } from './set-up.mjs';
import { suiteDirectories } from './suites.mjs';

const checks = ['//#format:check', '//#lint', '//#unused', '//#boundaries', '//#licences'];
const tasks = [...checks, 'build', 'typecheck', 'test', 'pack-check', 'size'];
const turboOptions = [
  '--continue=dependencies-successful',
  '--concurrency=2',
  '--summarize',
  '--output-logs=new-only',
];

function turbo(names, { cwd, env, filters = [] }) {
  forgetTasks(cwd);
  for (const directory of suiteDirectories(cwd)) forgetReport(directory);
  const options = [...turboOptions, ...filters.map((filter) => `--filter=${filter}`)];
  const program = join(cwd, 'node_modules/.bin/turbo');
  const path = `${join(cwd, 'node_modules/.bin')}:${env.PATH}`;
  const { error } = spawnSync(program, ['run', ...names, ...options], {
    cwd,
    env: { ...env, PATH: path, TURBO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error) throw error;
}

/** Counts the tests of all suites that ran in `cwd`, and as one each the other tasks and the suites that ended badly without saying why. */
function count(cwd, title) {
  const results = readTasks(cwd);
  if (results.length === 0) results.push({ name: `${title}: turbo`, ok: false, test: false });
  const suites = results
    .filter((task) => task.test)
    .map((task) => ({ task, report: readReport(task.directory) }));
  const tests = total(suites.flatMap(({ report }) => (report === undefined ? [] : [countReport(report)])));
  const silent = suites.filter(
    ({ task, report }) => !task.ok && (report === undefined || countReport(report).failed === 0),
  );
  const others = results.filter((task) => !task.test);
  const broken = [...silent.map(({ task }) => task), ...others.filter((task) => !task.ok)];
  const tasksDone = { passed: others.filter((task) => task.ok).length, failed: broken.length, skipped: 0 };
  console.log(`\n${title}`);
  console.log(`  tests   ${closingLine(tests)}`);
  console.log(`  checks  ${closingLine(tasksDone)}`);
  for (const task of broken) console.log(`  failed: ${task.name.replace('//#', '')}`);
  for (const { task, report } of suites) {
    for (const name of report === undefined ? [] : failedTests(report))
      console.log(`  failed: ${task.name}: ${name}`);
  }
  return total([tests, tasksDone]);
}

/** The proofs that ran on this Node, so that any of them can be repeated. */
function printProofs() {
  console.log('\nProofs, at reduced size');
  for (const { name, size, seed, ok } of suiteDirectories(root).flatMap((directory) =>
    proofsIn(readReport(directory)),
  )) {
    const details = size === null ? '' : ` (size ${size}, PROVE_SEED=${seed})`;
    console.log(`  ${ok ? 'ok' : 'FAILED'}: ${name}${details}`);
  }
}

let sum = { passed: 0, failed: 1, skipped: 0 };
await run(async () => {
  install('all');
  forgetProgramBuilds();
  const chromium = findChromium();
  if (!process.env.SEEK_PASS_TEST_DATABASE_URL) findPostgresql();
  turbo(tasks, { cwd: root, env: chromium ? { ...process.env, CHROMIUM_PATH: chromium } : process.env });
  for (const runtime of secondRuntimes) {
    console.log(`\nThe suites again on ${runtime}`);
    turbo(['test'], { ...prepareRuntime(runtime), filters: runtimeSuites });
  }
  printProofs();
  sum = total([
    count(root, `On Node.js ${process.versions.node}`),
    ...secondRuntimes.map((runtime) => count(runtimeRoot(runtime), `On ${runtime}`)),
  ]);
});
console.log(`\n${closingLine(sum)}`);
if (sum.failed > 0) process.exitCode = 1;
