import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { round } from '../measure.mjs';

const program = fileURLToPath(new URL('../../packages/cli/bin/seek-pass.mjs', import.meta.url));

/**
 * Graduation day as `seek-pass rehearse` plays it: from the dry run to the last status, with SEEK Pass, the learners, the host and
 * PostgreSQL on the same machine. A learner who does not end as planned fails the row.
 */
export async function rehearse({ quick }) {
  const learners = quick ? 500 : 10_000;
  const { status, stdout } = spawnSync(
    process.execPath,
    [program, 'rehearse', '--learners', String(learners), '--json'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 26 },
  );
  if (status !== 0) throw new Error(`The rehearsal ended with ${status}: ${stdout}`);
  const { totalMs, memory, calls, errors } = JSON.parse(stdout);
  return [
    {
      name: `rehearse: graduation day of ${learners} learners, every one in the planned end state`,
      value: round(totalMs / 60_000, 2),
      unit: 'min',
      bar: 10,
      better: 'lower',
      peers: {
        learnersPerSecond: round(learners / (totalMs / 1_000), 1),
        hostMiB: mebibytes(memory.hosts),
        postgresMiB: mebibytes(memory.postgres),
        ...calls.byOperation,
        errors,
      },
    },
  ];
}

function mebibytes(bytes) {
  return bytes === undefined ? undefined : round(bytes / 2 ** 20, 0);
}
