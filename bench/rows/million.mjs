import { reportPage } from '@seek-pass-kit/flows/reports';
import { createHostRecord, createMetrics } from '@seek-pass-kit/flows/node';
import { openPostgresStore } from '@seek-pass-kit/flows/postgres';
import pg from 'pg';
import { Claimant } from '../claimant.mjs';
import { benchClient } from '../client.mjs';
import { openFlow } from '../flow.mjs';
import { median, round } from '../measure.mjs';
import { fill, sampleEmail, sampleKey, sampleSize } from '../million-store.mjs';
import { serverCpu, startPostgres } from '../postgres.mjs';

const schema = 'bench';
const timeZone = 'Asia/Jakarta';
/** One after the other, no two neighbours. */
const key = (n) => sampleKey((n * 7) % sampleSize);

/** What people and machines ask of a store with a million awards, one call after the other. */
export async function million({ quick }) {
  const total = quick ? 50_000 : 1_000_000;
  const server = await startPostgres();
  const pool = new pg.Pool({ connectionString: server.connectionString });
  const seekPass = benchClient('http://127.0.0.1:9');
  const store = await openPostgresStore({ connectionString: server.connectionString, schema });
  try {
    const flow = await openFlow({ seekPass, store });
    await fill({ flow, pool, schema, total });
    const measure = (calls, call) => measureCalls(server.data, calls, call);
    const page = async (options) => reportPage(await flow.report({ timeZone, ...options }));
    const handler = flow.claimPages({ proof: { linkAlone: 'sandbox' } });
    const links = [];
    for (let n = 0; n < 200; n += 1) {
      const { awardId } = await flow.status(key(n));
      links.push((await flow.claimLink({ awardId, who: 'bench' })).url);
    }
    const row = async (name, bar, calls, call) =>
      rowOf(`${name}, ${total} awards on PostgreSQL`, bar, await measure(calls, call));
    const listed = { issuer: 'default', limit: 100, state: 'added' };
    return [
      await row('status by key', 5, 1_000, (n) => flow.status(key(n))),
      await row('report page, thirteen weeks by course', 300, 20, () => page()),
      await row('report page, thirteen months by course', 300, 20, () => page({ by: 'month' })),
      await row('a claim link is opened', 25, links.length, (n) => new Claimant(handler).go(links[n])),
      await row('awards and mails by state', 25, 100, () => Promise.all([flow.counts(), flow.mailCounts()])),
      await row('a scrape of the metrics that counts anew', 100, 50, () => scrapeAnew(store)),
      await row('a page of 100 awards of a state', 25, 100, () => store.read.listAwards(listed)),
      await row('submissions due, none', 5, 200, () => store.read.submissionsDue('default', Date.now(), 30)),
      await row('erase of one learner', 50, 200, (n) => erase(flow, sampleEmail((n * 7) % sampleSize))),
    ];
  } finally {
    await Promise.all([pool.end(), seekPass.close(), store.close()]);
    await server.close();
  }
}

/** With metrics of its own: the next scrape of the same ones is told what is known for ten seconds. */
async function scrapeAnew(store) {
  const metrics = createMetrics({ health: { store, issuers: ['default'] }, record: createHostRecord() });
  await metrics.prometheus();
  metrics.stop();
}

async function erase(flow, email) {
  const { outcome } = await flow.erase({ of: { email }, reason: 'asked_by_person', who: 'bench' });
  if (outcome !== 'erased') throw new Error(`A learner of the bench was not erased: ${outcome}.`);
}

/** Milliseconds that calls took, and CPU milliseconds that one cost on average, ours and the server's. */
async function measureCalls(data, calls, call) {
  await call(0);
  const times = [];
  const before = { ours: process.cpuUsage(), server: await serverCpu(data) };
  for (let n = 1; n < calls; n += 1) {
    const startedAt = performance.now();
    await call(n);
    times.push(performance.now() - startedAt);
  }
  const { user, system } = process.cpuUsage(before.ours);
  const server = (await serverCpu(data)) - before.server;
  return {
    times: times.sort((a, b) => a - b),
    ourCpu: (user + system) / 1e3 / times.length,
    serverCpu: (1e3 * server) / times.length,
  };
}

/** The median counts: others use this machine too. The CPU beside it tells what a call costs by itself. */
function rowOf(name, bar, { times, ourCpu, serverCpu: theirs }) {
  const slow = times[Math.min(times.length - 1, Math.floor(times.length * 0.99))];
  return {
    name,
    value: round(median(times), 1),
    unit: 'ms (median)',
    bar,
    better: 'lower',
    peers: { '99of100InMs': round(slow, 1), ourCpuInMs: round(ourCpu, 1), serverCpuInMs: round(theirs, 1) },
  };
}
