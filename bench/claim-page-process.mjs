/**
 * Serves the claim pages of learners in a process of its own, as a host does, and notes how long each answer took: in all, and
 * without the waits for the database. Sends the addresses of its pages; answers a message with what it noted.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHost } from '@seek-pass-kit/flows/node';
import { openPostgresStore } from '@seek-pass-kit/flows/postgres';
import { Claimant, formIn } from './claimant.mjs';
import { benchClient } from './client.mjs';
import { awardTo, openFlow, origin } from './flow.mjs';

const learners = 50;

/** What a request has waited for the database so far. */
const request = new AsyncLocalStorage();

/** The same functions; how long they took is no time of ours. Overlapping waits count once. */
function timed(functions) {
  return Object.fromEntries(
    Object.entries(functions).map(([name, value]) => [
      name,
      typeof value === 'function' ? wrap(value) : timed(value),
    ]),
  );
}

function wrap(call) {
  return async (...of) => {
    const noted = request.getStore();
    if (noted === undefined) return call(...of);
    if (noted.waiting === 0) noted.since = performance.now();
    noted.waiting += 1;
    try {
      return await call(...of);
    } finally {
      noted.waiting -= 1;
      if (noted.waiting === 0) noted.waited += performance.now() - noted.since;
    }
  };
}

const store = timed(await openPostgresStore({ connectionString: process.argv[2], schema: 'bench' }));
const seekPass = benchClient('http://127.0.0.1:9');
const flow = await openFlow({ seekPass, store });
const pages = flow.claimPages({ proof: { linkAlone: 'sandbox' } });

let times = [];
let cpu = process.cpuUsage();
const handler = async (incoming, connection) => {
  const noted = { waiting: 0, waited: 0, since: 0 };
  const startedAt = performance.now();
  const response = await request.run(noted, () => pages(incoming, connection));
  const body = await response.arrayBuffer();
  const whole = performance.now() - startedAt;
  times.push([whole - noted.waited, whole]);
  return new Response(body.byteLength === 0 ? null : body, response);
};

/** From a link to the page of awards, as a browser goes; gives the pages on the way, with the cookies to ask for them. */
async function walk(link) {
  const claimant = new Claimant(pages);
  // The start page as it was before the proof: its cookie ends with it.
  const proof = formIn(await claimant.go(link));
  await claimant.go(proof.action, proof.init);
  return [{ url: link }, ...claimant.seen];
}

const addresses = [];
for (const awardId of await awardTo(learners, flow)) {
  const { url } = await flow.claimLink({ awardId, who: 'bench' });
  addresses.push(...(await walk(url)));
}
const host = await createHost({
  routes: [{ path: '/claim', handler }],
  origin,
  port: 0,
  health: { store, issuers: ['default'] },
});

process.on('message', () => {
  const { user, system } = process.cpuUsage(cpu);
  process.send?.({ times, cpuMs: (user + system) / 1_000 });
  times = [];
  cpu = process.cpuUsage();
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: host.port, addresses });
