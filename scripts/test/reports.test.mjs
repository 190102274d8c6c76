import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { closingLine, countReport, proofsIn, readTasks, total } from '../reports.mjs';

const report = (counts, testResults = []) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults,
  ...counts,
});

test('a report counts what passed, failed and was skipped', () => {
  const counts = countReport(
    report({ numPassedTests: 5, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 }),
  );
  expect(counts).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test('a test file that could not be loaded is a failure, though no test of it failed', () => {
  const unloaded = { status: 'failed', assertionResults: [] };
  expect(countReport(report({ numPassedTests: 3 }, [unloaded]))).toEqual({
    passed: 3,
    failed: 1,
    skipped: 0,
  });
});

test('a test file with a failed test is not counted twice', () => {
  const file = { status: 'failed', assertionResults: [{ status: 'failed' }] };
  expect(countReport(report({ numFailedTests: 1 }, [file])).failed).toBe(1);
});

test('the closing line names skipped tests only when there are some', () => {
  expect(closingLine({ passed: 2, failed: 0, skipped: 0 })).toBe('2 passed, 0 failed');
  const sum = total([
    { passed: 2, failed: 0, skipped: 0 },
    { passed: 1, failed: 1, skipped: 3 },
  ]);
  expect(closingLine(sum)).toBe('3 passed, 1 failed, 3 skipped');
});

test('proofs are read with their size and seed, other tests are not', () => {
  const assertionResults = [
    { status: 'passed', duration: 1500.4, meta: { proof: { name: 'nothing is lost', size: 100, seed: 7 } } },
    { status: 'passed', duration: 3, meta: {} },
  ];
  expect(proofsIn(report({}, [{ name: 'a.test.ts', status: 'passed', assertionResults }]))).toEqual([
    { name: 'nothing is lost', size: 100, seed: 7, seconds: 1.5, ok: true },
  ]);
});

test('a test in a proof file is a proof even when it tells no size', () => {
  const assertionResults = [{ status: 'failed', fullName: 'eight processes', duration: 1, meta: {} }];
  expect(proofsIn(report({}, [{ name: 'a.proof.test.ts', status: 'failed', assertionResults }]))).toEqual([
    { name: 'eight processes', size: null, seed: null, seconds: 0.001, ok: false },
  ]);
});

test('a task that never ran because another failed is not ok', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'reports-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  mkdirSync(join(cwd, '.turbo/runs'), { recursive: true });
  const task = (name, execution) => ({ taskId: `a#${name}`, task: name, directory: 'packages/a', execution });
  const tasks = [task('build', { exitCode: 0 }), task('lint', { exitCode: 1 }), task('test', undefined)];
  writeFileSync(join(cwd, '.turbo/runs/1.json'), JSON.stringify({ tasks }));
  expect(readTasks(cwd).map(({ name, ok }) => [name, ok])).toEqual([
    ['a#build', true],
    ['a#lint', false],
    ['a#test', false],
  ]);
});
