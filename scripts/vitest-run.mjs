/** Runs test files of one suite and counts them by the report they leave. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { countReport, forgetReport, readReport } from './reports.mjs';

/** Runs `files` of the suite in `directory` and returns vitest's report, and its count with a bad ending without a failed test as one failure. */
export function runVitest(directory, files, env) {
  forgetReport(directory);
  const reporters = ['--reporter=default', '--reporter=json', '--outputFile=reports/vitest.json'];
  const { status } = spawnSync(join(directory, 'node_modules/.bin/vitest'), ['run', ...reporters, ...files], {
    cwd: directory,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const report = readReport(directory);
  forgetReport(directory);
  const count = report === undefined ? { passed: 0, failed: 0, skipped: 0 } : countReport(report);
  if (status !== 0 && count.failed === 0) count.failed = 1;
  return { report, count };
}
