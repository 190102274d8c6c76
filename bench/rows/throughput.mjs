import { Pool } from 'undici';
import { benchClient } from '../client.mjs';
import { round, runInFlight } from '../measure.mjs';
import { envelope } from '../payload.mjs';
import { startServer } from '../server.mjs';

const inFlight = 64;
const delayMs = 20;

/** Calls per second of `call`. */
async function rate(call, total) {
  const startedAt = performance.now();
  await runInFlight(call, total, inFlight);
  return total / ((performance.now() - startedAt) / 1_000);
}

/**
 * Adds with 64 in flight against a server that answers after 20 ms. A timer on a busy machine fires late, for everybody
 * alike; so the ideal is what a bare undici loop gets from the same server in the same run.
 */
export async function throughput({ quick }) {
  const total = quick ? 20_000 : 100_000;
  const server = await startServer({ delayMs });
  const seekPass = benchClient(server.origin, { connections: inFlight, concurrency: inFlight });
  const pool = new Pool(server.origin, { connections: inFlight });
  const bare = async (n) => {
    const response = await pool.request({
      method: 'POST',
      path: '/api/partner/v1/add/microcredential.json',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(envelope(n)),
    });
    await response.body.json();
  };
  try {
    const idealBefore = await rate(bare, 10_000);
    let at10k = 0;
    let most = 0;
    let done = 0;
    const perSecond = await rate(async (n) => {
      await seekPass.add(envelope(n));
      done += 1;
      if (done % 10_000 !== 0) return;
      globalThis.gc?.();
      const used = process.memoryUsage().rss / 1e6;
      if (done === 10_000) at10k = used;
      most = Math.max(most, used);
    }, total);
    const idealAfter = await rate(bare, 10_000);
    const ideal = (idealBefore + idealAfter) / 2;
    return [
      {
        name: `throughput of ${total} adds, 64 in flight, 20 ms server`,
        value: round((100 * perSecond) / ideal, 1),
        unit: '% of ideal',
        bar: 95,
        better: 'higher',
        peers: {
          seekPass: round(perSecond, 0),
          bareUndici: round(ideal, 0),
          byArithmetic: inFlight / (delayMs / 1_000),
        },
      },
      {
        name: `memory growth from 10,000 to ${total} adds`,
        value: round(most - at10k, 1),
        unit: 'MB',
        bar: 30,
        better: 'lower',
      },
    ];
  } finally {
    await Promise.all([seekPass.close(), pool.close()]);
    server.close();
  }
}
