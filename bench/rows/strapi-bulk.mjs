import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { round } from '../measure.mjs';

const script = fileURLToPath(new URL('../strapi-bulk-process.mjs', import.meta.url));

/**
 * Entries of a real Strapi on SQLite, from the word of a member of staff until the last mail is handed over, while another asks for a list of
 * the Content Manager.
 */
export async function strapiBulk({ quick }) {
  const total = quick ? 100 : 1_000;
  const { stdout } = await promisify(execFile)(process.execPath, [script, String(total)], { maxBuffer: 1e8 });
  const { seconds, p95 } = JSON.parse(stdout.trim().split('\n').at(-1));
  return [
    {
      name: `bulk issue of ${total} entries in Strapi, with their mails`,
      value: round(seconds, 1),
      unit: 's',
      bar: 20,
      better: 'lower',
    },
    {
      name: 'p95 of another request of the administration meanwhile',
      value: round(p95, 0),
      unit: 'ms',
      bar: 200,
      better: 'lower',
    },
  ];
}
