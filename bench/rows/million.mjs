import { openPostgresStore } from '@seek-pass-kit/flows/postgres';
import pg from 'pg';
import { Claimant } from '../claimant.mjs';
import { benchClient } from '../client.mjs';
import { openFlow } from '../flow.mjs';
import { median, round } from '../measure.mjs';
import { fill, sampleKey, sampleSize } from '../million-store.mjs';
import { startPostgres } from '../postgres.mjs';

const schema = 'bench';
const timeZone = 'Asia/Jakarta';

/** Milliseconds of each call, one after the other. */
async function timesOf(calls, call) {
  const times = [];
  for (let n = 0; n < calls; n += 1) {
    const startedAt = performance.now();
    await call(n);
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b);
}

const nth = (times, percent) => times[Math.min(times.length - 1, Math.floor((times.length * percent) / 100))];

/** A row whose value is what 99 of 100 calls stay below; the median stands beside it. */
function rowOf(name, times, bar, peers = {}) {
  return {
    name,
    value: round(nth(times, 99), 1),
    unit: 'ms (99 of 100)',
    bar,
    better: 'lower',
    peers: { medianInMs: round(median(times), 1), ...peers },
  };
}

/** What people and machines ask of a store with a million awards. */
export async function million({ quick }) {
  const total = quick ? 50_000 : 1_000_000;
  const awards = total.toLocaleString('en');
  const server = await startPostgres();
  const pool = new pg.Pool({ connectionString: server.connectionString });
  const seekPass = benchClient('http://127.0.0.1:9');
  try {
    const store = await openPostgresStore({ connectionString: server.connectionString, schema });
    const flow = await openFlow({ seekPass, store });
    const filledAt = performance.now();
    await fill({ flow, pool, schema, total });
    console.error(`  filled in ${Math.round((performance.now() - filledAt) / 1_000)} s`);

    const key = (n) => sampleKey((n * 7) % sampleSize);
    const status = await timesOf(1_000, (n) => flow.status(key(n)));
    const report = await timesOf(20, () => flow.report({ timeZone }));
    const year = await timesOf(10, () => flow.report({ timeZone, by: 'month' }));
    const counts = await timesOf(50, () => flow.counts());
    const mailCounts = await timesOf(20, () => flow.mailCounts());
    const list = await timesOf(100, () => store.read.listAwards({ issuer: 'default', limit: 100, state: 'added' }));
    const due = await timesOf(50, () => store.read.submissionsDue('default', Date.now(), 30));
    const idle = await timesOf(20, () => flow.poll({ budgetMs: 1_000 }));
    const handler = flow.claimPages({ linkAlone: 'sandbox' });
    const links = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const { awardId } = await flow.status(key(n));
        return (await flow.claimLink({ awardId, who: 'bench' })).url;
      }),
    );
    const opened = await timesOf(links.length, (n) => new Claimant(handler).go(links[n]));
    const rows = [
      rowOf(`status by key, ${awards} awards on PostgreSQL`, status, 5),
      rowOf(`report by week and course, ${awards} awards on PostgreSQL`, report, 300, {
        thirteenMonths: round(median(year), 1),
      }),
      rowOf(`a claim link is opened, ${awards} awards on PostgreSQL`, opened, 50),
      rowOf(`counts by state, ${awards} awards on PostgreSQL`, counts, 50, {
        mailsByState: round(median(mailCounts), 1),
        pageOfAList: round(median(list), 1),
        whatIsDue: round(median(due), 1),
        pollWithNothingDue: round(median(idle), 1),
      }),
    ];
    await store.close();
    return rows;
  } finally {
    await Promise.all([pool.end(), seekPass.close()]);
    await server.close();
  }
}
