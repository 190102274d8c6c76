import { createNamespace } from '@seek-pass-kit/core';
import { createAddFlow, generateClaimKey, generateKeyRing, keyRingFromText } from '@seek-pass-kit/flows';
import { openPostgresStore } from '@seek-pass-kit/flows/postgres';
import { benchClient, clientId } from '../client.mjs';
import { round, runInFlight } from '../measure.mjs';
import { credential, envelope } from '../payload.mjs';
import { startPostgres } from '../postgres.mjs';
import { startServer } from '../server.mjs';

const inFlight = 64;
const delayMs = 20;
const origin = 'http://127.0.0.1:4020';

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
    const flow = await openFlow(seekPass, store);
    const handler = flow.claimPages({ proof: { linkAlone: 'sandbox' } });
    const buttons = [];
    const links = await awardTo(total, flow);
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

async function openFlow(seekPass, store) {
  const flow = createAddFlow({
    environment: 'sandbox',
    clientId,
    seekPass,
    store,
    keys: keyRingFromText(generateKeyRing()),
    namespace: createNamespace({ environment: 'sandbox', clientId }),
    claimKey: generateClaimKey(),
    claimBaseUrl: `${origin}/claim`,
    brand: { name: 'Example University' },
    mail: { send: async () => ({ outcome: 'accepted' }) },
  });
  await flow.start();
  return flow;
}

/** Awards one credential to each of so many learners, and gives their links. */
async function awardTo(total, flow) {
  const inputs = Array.from({ length: total }, (_, n) => ({
    key: `bench/${n}`,
    recipient: { fullName: credential.fields.full_name, email: `learner${n}@example.edu` },
    credential,
  }));
  const links = [];
  for await (const { awardId } of flow.awardMany(inputs, { runId: 'bench', who: 'system' })) {
    const { url } = await flow.claimLink({ awardId, who: 'bench' });
    links.push(url);
  }
  return links;
}

/** Goes from a link to the page of awards, and gives the request that its button makes. */
async function proved(handler, link) {
  const cookies = new Map();
  const go = async (address, init = {}) => {
    const headers = {
      ...init.headers,
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    };
    const response = await handler(new Request(new URL(address, origin), { ...init, headers }));
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    return location === null ? response.text() : go(location);
  };
  const formIn = (page) => {
    const [, action, content] = /<form\b[^>]*?\baction="([^"]*\/(?:proof|add))"[^>]*>(.*?)<\/form>/s.exec(
      page,
    );
    const fields = [...content.matchAll(/<input\b[^>]*?\bname="([^"]*)"[^>]*?\bvalue="([^"]*)"/g)];
    const body = new URLSearchParams(fields.map(([, name, value]) => [name, value])).toString();
    const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
    return { action, init: { method: 'POST', body, headers } };
  };
  const proof = formIn(await go(link));
  const add = formIn(await go(proof.action, proof.init));
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    url: new URL(add.action, origin),
    init: { ...add.init, headers: { ...add.init.headers, cookie } },
  };
}
