import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { round } from '../measure.mjs';

const script = fileURLToPath(new URL('../award-many-process.mjs', import.meta.url));

/** One run in a process of its own: other rows' garbage would count as its memory. */
async function measure(store, total) {
  const args = ['--expose-gc', script, store, String(total)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e7 });
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/**
 * `awardMany`: every row validated, linted, encrypted and stored with its history line and its mail job, into a server that
 * confirms nothing before it is on the disk. The rate is of time, so a busy machine lowers it; the CPU beside it tells by how much.
 */
export async function awardMany({ quick }) {
  const total = quick ? 20_000 : 100_000;
  const rows = [];
  for (const [store, name, bar] of [
    ['embedded', 'the embedded store', 4_000],
    ['postgres', 'a PostgreSQL server', 6_000],
  ]) {
    const { perSecond, ourCpu, serverCpu, growth, lastToFirst } = await measure(store, total);
    rows.push(
      {
        name: `awardMany of ${total} rows into ${name}`,
        value: round(perSecond, 0),
        unit: 'awards/s',
        bar,
        better: 'higher',
        peers: { ourCpuPerAwardInUs: round(ourCpu, 1), serverCpuPerAwardInUs: round(serverCpu, 1) },
      },
      {
        name: `memory growth from 10,000 to ${total} rows, ${name}`,
        value: round(growth, 1),
        unit: 'MB',
        bar: 60,
        better: 'lower',
      },
      {
        name: `CPU of the last 10,000 of ${total} awards, ours and the server's, ${name}`,
        value: round(100 * lastToFirst, 0),
        unit: '% of the first 10,000',
        bar: 125,
        better: 'lower',
      },
    );
  }
  return rows;
}
