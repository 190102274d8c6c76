/** Run by many-rows.proof.test.ts: a dry run or a run over rows made on the way; says what is alive after each ten thousand. */
import type { BulkFile } from '../../../src/bulk/bulk-file.ts';
import { dryRun } from '../../../src/bulk/dry-run.ts';
import { issueBulk } from '../../../src/bulk/issue-bulk.ts';
import { learnerRow, header } from '../bulk-fixture.ts';
import { peakMemoryMb } from './peak-memory.ts';
import { forgetfulContext } from './forgetful-context.ts';

const [, , what = '', count = ''] = process.argv;
const total = Number(count);
const every = total / 10;

const file: BulkFile = {
  type: 'microcredential',
  async *open() {
    yield Buffer.from(`${header}\n`);
    for (let at = 0; at < total; at += 100) {
      const rows = Array.from({ length: 100 }, (_, next) => `${learnerRow(at + next)}\n`);
      yield Buffer.from(rows.join(''));
    }
  },
};

const alive: number[] = [];
let rows = 0;
const onRow = (): void => {
  rows += 1;
  if (rows % every !== 0) return;
  globalThis.gc?.();
  alive.push(process.memoryUsage().heapUsed / 1e6);
};

const context = forgetfulContext();
const plan = await dryRun(context, file, what === 'plan' ? { onRow } : {});
const report =
  what === 'plan'
    ? plan
    : await issueBulk(context, file, plan, {
        who: 'staff-7',
        unconfirmedAwards: total,
        onRow,
      });
process.stdout.write(JSON.stringify({ created: report.results.created, alive, peakMb: peakMemoryMb() }));
