/**
 * What docs/decisions/jobs.md rests on: pg-boss and our jobs table on one PostgreSQL, each asked for one due job behind
 * a backlog of jobs that are not due yet, for the order of two due jobs, and for a job whose lease has passed. Needs a server: DATABASE_URL. Installs pg-boss into a temporary folder.
 *
 *   DATABASE_URL=postgres://… node bench/compare-jobs.mjs
 */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openPostgresStore } from '@seek-pass-kit/flows/postgres';
import pg from 'pg';

const connectionString = process.env.DATABASE_URL;
if (connectionString === undefined)
  throw new Error('Set DATABASE_URL to a PostgreSQL database that may be filled.');
const backlog = 100_000;
const weekMs = 7 * 24 * 3_600_000;

const due = (agoMs) => ({ id: randomUUID(), data: { agoMs }, startAfter: new Date(Date.now() - agoMs) });

async function boss(folder) {
  execFileSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--silent', '--prefix', folder, 'pg-boss@12.35.0'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const entry = createRequire(join(folder, 'x.js')).resolve('pg-boss');
  const { PgBoss } = await import(pathToFileURL(entry).href);
  const queue = new PgBoss({ connectionString, schema: 'compare_boss', schedule: false });
  queue.on('error', (error) => console.error(error.message));
  await queue.start();
  await queue.createQueue('mail', { retryLimit: 5, expireInSeconds: 30 });
  const startAfter = new Date(Date.now() + weekMs);
  const inserted = await timed(async () => {
    for (let at = 0; at < backlog; at += 500) {
      await queue.insert(
        'mail',
        Array.from({ length: 500 }, () => ({ id: randomUUID(), data: { mailId: 'm' }, startAfter })),
      );
    }
  });
  await queue.insert('mail', [{ id: randomUUID(), data: { mailId: 'due' } }]);
  await new pg.Pool({ connectionString }).query('ANALYZE');
  const claims = [];
  for (let round = 0; round < 5; round += 1) {
    claims.push(await timed(() => queue.fetch('mail', { batchSize: 10 })));
  }
  await queue.createQueue('order');
  await queue.insert('order', [due(1_000)]);
  await queue.insert('order', [due(60_000)]);
  const [first] = await queue.fetch('order');
  await queue.createQueue('lapse', { retryLimit: 5, expireInSeconds: 1 });
  await queue.insert('lapse', [{ id: randomUUID() }]);
  await queue.fetch('lapse');
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const afterLapse = await queue.fetch('lapse');
  await queue.stop({ graceful: false });
  return {
    'inserted per second': Math.round(backlog / (inserted / 1000)),
    'claim, ms': median(claims),
    'longest due first': first.data.agoMs === 60_000,
    'claim finds a passed lease': afterLapse.length === 1,
  };
}

const job = (runAt) => ({ id: randomUUID(), issuer: 'i', kind: 'mail', refs: { mailId: 'm' }, runAt });

async function ours() {
  const store = await openPostgresStore({ connectionString, schema: 'compare_ours' });
  const now = Date.now();
  const inserted = await timed(async () => {
    for (let at = 0; at < backlog; at += 500) {
      await store.transaction((tx) => tx.enqueue(Array.from({ length: 500 }, () => job(now + weekMs))));
    }
  });
  await store.transaction((tx) => tx.enqueue([job(now)]));
  await new pg.Pool({ connectionString }).query('ANALYZE');
  const claims = [];
  for (let round = 0; round < 5; round += 1) {
    claims.push(
      await timed(() =>
        store.jobs.claim({ issuers: ['i'], kinds: ['mail'], limit: 10, leaseMs: 30_000, now }),
      ),
    );
  }
  const claim = (kind, at) =>
    store.jobs.claim({ issuers: ['i'], kinds: [kind], limit: 1, leaseMs: 1_000, now: at });
  await store.transaction((tx) => tx.enqueue([{ ...job(now - 1_000), kind: 'order' }]));
  await store.transaction((tx) => tx.enqueue([{ ...job(now - 60_000), kind: 'order' }]));
  const [first] = await claim('order', now);
  await store.transaction((tx) => tx.enqueue([{ ...job(now), kind: 'lapse' }]));
  await claim('lapse', now);
  const afterLapse = await claim('lapse', now + 2_000);
  await store.close();
  return {
    'inserted per second': Math.round(backlog / (inserted / 1000)),
    'claim, ms': median(claims),
    'longest due first': first?.runAt === now - 60_000,
    'claim finds a passed lease': afterLapse.length === 1,
  };
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values) {
  return Number(values.sort((a, b) => a - b)[Math.floor(values.length / 2)]?.toFixed(1));
}

const folder = mkdtempSync(join(tmpdir(), 'compare-jobs-'));
try {
  console.table({ 'pg-boss 12.35.0': await boss(folder), 'jobs table': await ours() });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
