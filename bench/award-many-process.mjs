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
import { median } from './measure.mjs';
import { serverBinaries, serverCpu, startPostgres } from './postgres.mjs';

const [kind, total] = [process.argv[2], Number(process.argv[3])];
const warmUp = 5_000;
const windowSize = 2_500;
/** Windows at the beginning and at the end that are compared, and after which memory is to stay as it is. */
const early = 10_000 / windowSize;

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
  const store = await openEmbeddedStore({
    environment: 'sandbox',
    folder: join(parent, 'store'),
    ...asRoot,
  });
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

/** Seconds so far: of time, of our CPU and of the server's. */
async function used() {
  const { user, system } = process.cpuUsage();
  return { time: performance.now() / 1e3, ours: (user + system) / 1e6, server: await serverCpu(data) };
}

/** Awards in one stream; `onWindow` comes after each window of it. */
async function awardAll(flow, from, count, onWindow = async () => undefined) {
  let done = 0;
  for await (const { result } of flow.awardMany(awards(from, count), { runId: 'bench', who: 'system' })) {
    if (result !== 'created') throw new Error(`An award of the bench was ${result}.`);
    done += 1;
    if (done % windowSize === 0) await onWindow();
  }
}

/** CPU microseconds of an award, ours and the server's: the median of these windows. */
const cpu = (windows) => median(windows.map(({ ours, server }) => ours + server));

/** Awards them all, and tells what it took. */
async function measure() {
  await awardAll(await flowOf('warm-up'), 0, warmUp);
  const flow = await flowOf('bench');
  await awardAll(flow, 0, 1_000);
  const windows = [];
  let before = await used();
  const startedAt = before.time;
  await awardAll(flow, 1_000, total, async () => {
    const after = await used();
    const cost = (member) => (1e6 * (after[member] - before[member])) / windowSize;
    // This collection is the bench's own, so no window is charged for it.
    globalThis.gc();
    windows.push({ ours: cost('ours'), server: cost('server'), memory: process.memoryUsage().rss / 1e6 });
    before = await used();
  });
  const seconds = before.time - startedAt;
  const stored = await flow.counts();
  if (stored.ready !== 1_000 + total) throw new Error('Not every award of the bench is stored.');

  const mean = (member) => windows.reduce((sum, window) => sum + window[member], 0) / windows.length;
  const [first, last] = [windows.slice(0, early), windows.slice(-early)];
  console.log(
    JSON.stringify({
      perSecond: total / seconds,
      ourCpu: mean('ours'),
      serverCpu: mean('server'),
      growth: Math.max(...windows.slice(early).map(({ memory }) => memory)) - (first.at(-1)?.memory ?? 0),
      lastToFirst: cpu(last) / cpu(first),
    }),
  );
}

try {
  await measure();
} finally {
  await store.close();
  await seekPass.close();
  await stop();
}
