import { describe, expect, onTestFinished, test } from 'vitest';
import { contractReport } from '../contract/report.ts';
import { basisOf, contractChecks, runContract } from '../contract/run-contract.ts';
import { stagingTarget } from '../contract/staging.ts';
import { startSandbox } from '../src/index.ts';

describe('the contract suite', () => {
  test('the sandbox does what every check expects', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const outcomes = await runContract(sandbox);
    const { lines, ok } = contractReport({ sandbox: outcomes, staging: undefined });
    expect(lines.filter((line) => /(?:WRONG|DIFFERS|OTHER STATUS)$/.test(line))).toEqual([]);
    expect(ok).toBe(true);
  });

  test('a target that behaves differently shows in the report', async () => {
    const sandbox = await startSandbox();
    const other = await startSandbox({ scopes: ['write.education', 'write.microcredential'] });
    onTestFinished(async () => {
      await Promise.all([sandbox.close(), other.close()]);
    });
    other.control.faults.set({
      path: '/api/partner/v1/submissions/status.json',
      effect: { kind: 'status', status: 500 },
    });
    const { lines, ok } = contractReport({
      sandbox: await runContract(sandbox),
      staging: await runContract(other),
    });
    expect(ok).toBe(false);
    expect(
      lines.filter((line) => line.startsWith('status_thirty') && line.endsWith('STAGING DIFFERS')),
    ).toHaveLength(2);
    expect(lines.at(-1)).toContain('scopes not granted');
  });

  test('every check belongs to a behaviour in the list', () => {
    for (const check of contractChecks) expect(['documented', 'assumed']).toContain(basisOf(check));
  });

  test('staging is left out without credentials, and with those of a sandbox', () => {
    expect(stagingTarget({})).toBeUndefined();
    expect(
      stagingTarget({ SEEK_PASS_ENVIRONMENT: 'sandbox', SEEK_PASS_CLIENT_ID: 'sandbox-1' }),
    ).toBeUndefined();
  });

  const credentials = { SEEK_PASS_CLIENT_ID: 'id', SEEK_PASS_CLIENT_SECRET: 'made-up-for-this-test' };
  test.each([
    ['production', { ...credentials, SEEK_PASS_ENVIRONMENT: 'production' }],
    ['credentials without an environment', credentials],
    [
      'staging at another address',
      { ...credentials, SEEK_PASS_ENVIRONMENT: 'staging', SEEK_PASS_BASE_URL: 'https://seekpass.example' },
    ],
    ['staging without a secret', { SEEK_PASS_ENVIRONMENT: 'staging', SEEK_PASS_CLIENT_ID: 'id' }],
  ])('%s is refused', (_, environment) => {
    expect(() => stagingTarget(environment)).toThrow(/SEEK_PASS_/);
  });
});
