/**
 * Awards any number of credentials in a process of its own and tells what it cost: `node --expose-gc award-many-process.mjs
 * <embedded|postgres> <awards>`. The last line of its output is JSON.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNamespace, SeekPass } from '@seek-pass-kit/core';
import { createAddFlow, generateClaimKey, generateKeyRing, keyRingFromText } from '@seek-pass-kit/flows';
import { openEmbeddedStore } from '@seek-pass-kit/flows/embedded';
import { openPostgresStore } from '@seek-pass-kit/flows/postgres';
import { serverBinaries, serverCpu, startPostgres } from './postgres.mjs';

const [kind, total] = [process.argv[2], Number(process.argv[3])];
const warmUp = 5_000;
const early = 10_000;

/** An award such as an institution imports: one person, one microcredential. */
function* awards(from, count) {
  for (let at = from; at < from + count; at += 1) {
    const fullName = `Nguyễn Thị Lan ${at}`;
    yield {
      key: `2026/WELD/${at}`,
      recipient: { fullName, email: `learner${at}@example.edu`, subject: `sis:${at}`, locale: 'vi' },
      credential: {
        credential_type: 'microcredential',
        fields: {
          full_name: fullName,
          issuer_name: 'Example University',
          microcredential_name: 'Underwater Welding, Level 2',
          issue_date: '2026-02-20',
        },
      },
    };
  }
}

async function openStore() {
  if (kind === 'postgres') {
    const server = await startPostgres();
    const store = await openPostgresStore({ connectionString: server.connectionString });
    return { store, data: server.data, stop: () => server.close() };
  }
  const parent = await mkdtemp(join(tmpdir(), 'seek-pass-bench-'));
  await chmod(parent, 0o711);
  const asRoot = process.getuid?.() === 0 ? { binaries: serverBinaries() } : {};
  const store = await openEmbeddedStore({ folder: join(parent, 'store'), ...asRoot });
  const data = join(parent, 'store', 'cluster', 'data');
  return { store, data, stop: () => rm(parent, { recursive: true, force: true }) };
}

const { store, data, stop } = await openStore();
const environment = 'sandbox';
const clientId = 'sandbox-bench';
const seekPass = new SeekPass({
  environment,
  baseUrl: 'http://127.0.0.1:9',
  clientId,
  clientSecret: 'nothing-is-sent-in-this-bench',
});

/** An add flow of an issuer of its own. */
async function flowOf(issuer) {
  const flow = createAddFlow({
    issuer,
    seekPass,
    environment,
    clientId,
    store,
    keys: keyRingFromText(generateKeyRing()),
    namespace: createNamespace({ environment, clientId }),
    claimKey: generateClaimKey(),
    claimBaseUrl: 'https://credentials.example.edu/claim',
    brand: { name: 'Example University' },
    mail: { send: async () => ({ outcome: 'accepted' }) },
  });
  await flow.start();
  return flow;
}

/** What was used so far: seconds of time, of our CPU and of the server's, and MB of memory. */
async function used() {
  globalThis.gc();
  const { user, system } = process.cpuUsage();
  const [ours, server] = [(user + system) / 1e6, await serverCpu(data)];
  return { time: performance.now() / 1e3, ours, server, memory: process.memoryUsage().rss / 1e6 };
}

async function awardAll(flow, from, count) {
  for await (const { result } of flow.awardMany(awards(from, count), { runId: 'bench', who: 'system' })) {
    if (result !== 'created') throw new Error(`An award of the bench was ${result}.`);
  }
}

await awardAll(await flowOf('warm-up'), 0, warmUp);
const flow = await flowOf('bench');
await awardAll(flow, 0, 1_000);
const marks = [await used()];
for (let from = 0; from < total; from += early) {
  await awardAll(flow, 1_000 + from, early);
  marks.push(await used());
}
const stored = await flow.counts();
if (stored.ready !== 1_000 + total) throw new Error('Not every award of the bench is stored.');

const perAward = (member, from, to) => (1e6 * (to[member] - from[member])) / early;
const cost = (from, to) => perAward('ours', from, to) + perAward('server', from, to);
const [start, first] = marks;
const [beforeLast, last] = marks.slice(-2);
console.log(
  JSON.stringify({
    perSecond: total / (last.time - start.time),
    ourCpu: (1e6 * (last.ours - start.ours)) / total,
    serverCpu: (1e6 * (last.server - start.server)) / total,
    growth: Math.max(...marks.slice(1).map(({ memory }) => memory)) - first.memory,
    lastToFirst: cost(beforeLast, last) / cost(start, first),
  }),
);
await store.close();
await seekPass.close();
await stop();
