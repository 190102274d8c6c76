/** Counts what the runners themselves report: vitest's JSON files, and turbo's summary of the tasks it ran. */
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const nothing = { passed: 0, failed: 0, skipped: 0 };

/** The sum of several counts. */
export function total(counts) {
  return counts.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    nothing,
  );
}

/** The line that ends a run: `12 passed, 0 failed`, with `, 1 skipped` where something was. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** What a vitest JSON report counts. A file that could not even be loaded counts as one failure. */
export function countReport(report) {
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Full names of the failed tests of a vitest JSON report. */
export function failedTests(report) {
  return report.testResults.flatMap((file) =>
    file.assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName),
  );
}

/**
 * What a vitest JSON report, if there is one, says of proofs: name, size, seed, seconds and result of each. A test in a
 * `*.proof.test.ts` that was not registered by `proof()` is one too; its size and seed are not known (`null`).
 */
export function proofsIn(report) {
  if (report === undefined) return [];
  return report.testResults.flatMap((file) =>
    file.assertionResults.flatMap((test) => {
      const unregistered = { name: test.fullName, size: null, seed: null };
      const proof = test.meta?.proof ?? (file.name.endsWith('.proof.test.ts') ? unregistered : undefined);
      if (proof === undefined) return [];
      const seconds = Math.round(test.duration ?? 0) / 1000;
      return [
        { name: proof.name, size: proof.size, seed: proof.seed, seconds, ok: test.status === 'passed' },
      ];
    }),
  );
}

const reportFile = (directory) => join(directory, 'reports/vitest.json');

/** The report of the package in `directory`, if its suite left one. */
export function readReport(directory) {
  const file = reportFile(directory);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Removes reports of an earlier run, which would be counted for a suite that did not get as far as writing one. */
export function forgetReport(directory) {
  rmSync(join(directory, 'reports'), { recursive: true, force: true });
}

const summaries = (cwd) => join(cwd, '.turbo/runs');

/** Removes the summaries of earlier turbo runs in `cwd`. */
export function forgetTasks(cwd) {
  rmSync(summaries(cwd), { recursive: true, force: true });
}

/**
 * The tasks of the turbo run in `cwd`: `{ name, directory, test, ok }`; `ok` is false for those that failed and for those that
 * never ran because another failed.
 */
export function readTasks(cwd) {
  const names = existsSync(summaries(cwd)) ? readdirSync(summaries(cwd)) : [];
  return names.flatMap((name) => {
    const { tasks } = JSON.parse(readFileSync(join(summaries(cwd), name), 'utf8'));
    return tasks.map(({ taskId, task, directory, execution }) => ({
      name: taskId,
      directory: join(cwd, directory),
      test: task === 'test',
      ok: execution?.exitCode === 0,
    }));
  });
}
