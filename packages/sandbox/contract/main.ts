import { startSandbox } from '../src/index.ts';
import { contractReport } from './report.ts';
import { contractChecks, runContract } from './run-contract.ts';
import { ContractSettingsError, stagingTarget } from './staging.ts';

/** Runs the suite against a sandbox, and against staging when the environment has credentials for it. Returns the exit code. */
async function main(): Promise<number> {
  const target = stagingTarget(process.env);
  const sandbox = await startSandbox();
  try {
    const outcomes = await runContract(sandbox);
    const staging = target === undefined ? undefined : await runContract(target, progress());
    const report = contractReport({ sandbox: outcomes, staging });
    for (const line of report.lines) console.log(line);
    if (target === undefined) {
      console.log(
        'To ask staging too, set SEEK_PASS_ENVIRONMENT=staging, SEEK_PASS_CLIENT_ID and SEEK_PASS_CLIENT_SECRET.',
      );
    }
    return report.ok ? 0 : 1;
  } finally {
    await sandbox.close();
  }
}

function progress(): () => void {
  let done = 0;
  return () => {
    done += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[2Kstaging ${done}/${contractChecks.length}`);
    if (process.stderr.isTTY && done === contractChecks.length) process.stderr.write('\r\u001B[2K');
  };
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ContractSettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
