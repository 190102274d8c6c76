import { openPostgresStore } from '@seek-pass-kit/flows/postgres';
import { Claimant, formIn } from '../claimant.mjs';
import { benchClient } from '../client.mjs';
import { awardTo, openFlow, origin } from '../flow.mjs';
import { round, runInFlight } from '../measure.mjs';
import { envelope } from '../payload.mjs';
import { startPostgres } from '../postgres.mjs';
import { startServer } from '../server.mjs';

const inFlight = 64;
const delayMs = 20;

/** Calls per second of `call`. */
async function rate(call, total) {
  globalThis.gc?.();
  const startedAt = performance.now();
  await runInFlight(call, total, inFlight);
  return total / ((performance.now() - startedAt) / 1_000);
}

/**
 * Learners who were proved press the button: each claim reads and changes its award under a lock, stores the submission before
 * it is sent, sends it and stores that it arrived. Against the same number of plain calls, to the same server, in the same run.
 */
export async function claims({ quick }) {
  const total = quick ? 2_000 : 10_000;
  const [postgres, server] = await Promise.all([startPostgres(), startServer({ delayMs })]);
  const seekPass = benchClient(server.origin, { connections: inFlight, concurrency: inFlight });
  const store = await openPostgresStore({
    connectionString: postgres.connectionString,
    schema: 'bench',
    maxConnections: 16,
  });
  try {
    const flow = await openFlow({ seekPass, store });
    const handler = flow.claimPages({ proof: { linkAlone: 'sandbox' } });
    const buttons = [];
    const links = await linksOf(await awardTo(total, flow), flow);
    await runInFlight(async (n) => buttons.push(await proved(handler, links[n - 1])), total, inFlight);
    const plain = (n) => seekPass.add(envelope(n));
    const claim = async (n) => {
      const { url, init } = buttons[n - 1];
      const response = await handler(new Request(url, init));
      const page = await response.text();
      if (!response.headers.has('refresh')) throw new Error(`A claim got ${response.status}: ${page}`);
    };
    await rate(plain, 2_000);
    const plainBefore = await rate(plain, total);
    const claimsPerSecond = await rate(claim, total);
    const plainAfter = await rate(plain, total);
    const plainPerSecond = (plainBefore + plainAfter) / 2;
    return [
      {
        name: `${total} proved claims through the claim handler on PostgreSQL, 64 in flight, 20 ms server`,
        value: round((100 * claimsPerSecond) / plainPerSecond, 1),
        unit: '% of plain adds',
        bar: 80,
        better: 'higher',
        peers: { claims: round(claimsPerSecond, 0), plainAdds: round(plainPerSecond, 0) },
      },
    ];
  } finally {
    await Promise.all([seekPass.close(), store.close()]);
    server.close();
    await postgres.close();
  }
}

async function linksOf(awards, flow) {
  const links = [];
  for (const awardId of awards) links.push((await flow.claimLink({ awardId, who: 'bench' })).url);
  return links;
}

/** Goes from a link to the page of awards, and gives the request that its button makes. */
async function proved(handler, link) {
  const claimant = new Claimant(handler);
  const proof = formIn(await claimant.go(link));
  const add = formIn(await claimant.go(proof.action, proof.init));
  const { cookie } = claimant;
  return {
    url: new URL(add.action, origin),
    init: { ...add.init, headers: { ...add.init.headers, cookie } },
  };
}
