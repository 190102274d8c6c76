import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Pool } from 'undici';
import { round } from '../measure.mjs';
import { startPostgres } from '../postgres.mjs';

const perSecond = 200;

/** @param {readonly number[]} values */
const percentile = (values, part) => [...values].sort((a, b) => a - b)[Math.floor(values.length * part)];

/** What a page would load from elsewhere. */
const foreign =
  /<(?:script|img|link|iframe|source|video|audio|object|embed)\b[^>]*?(?:src|href|data)=["']?(?:https?:)?\/\/|url\(\s*["']?(?:https?:)?\/\/|@import/i;

/**
 * Links and pages of learners, before the proof and after it, asked for 200 times a second whether or not the ones before were
 * answered. The time counts in the process that serves them: all of it but the waits for the database. It is of the clock, so a
 * busy machine lengthens it; the CPU beside it tells by how much.
 */
export async function claimPage({ quick }) {
  const total = perSecond * (quick ? 5 : 30);
  const postgres = await startPostgres();
  const child = fork(new URL('../claim-page-process.mjs', import.meta.url), [postgres.connectionString], {
    execArgv: [],
  });
  const died = once(child, 'exit').then(() => Promise.reject(new Error('The host of the pages died.')));
  const message = async () => (await Promise.race([once(child, 'message'), died]))[0];
  let pool;
  try {
    const { port, addresses } = await message();
    pool = new Pool(`http://127.0.0.1:${port}`, { connections: 64 });
    let largest = 0;
    const ask = async ({ url, cookie }) => {
      const { pathname, search } = new URL(url);
      const headers = cookie === undefined ? {} : { cookie };
      const { statusCode, body } = await pool.request({ method: 'GET', path: pathname + search, headers });
      const page = await body.text();
      if (statusCode !== 200 && statusCode !== 303)
        throw new Error(`A page was answered with ${statusCode}.`);
      if (foreign.test(page)) throw new Error('A page asks for something of another origin.');
      largest = Math.max(largest, Buffer.byteLength(page));
    };
    const askAll = async (count) => {
      const startedAt = performance.now();
      const answers = [];
      for (let n = 0; n < count; n += 1) {
        const early = startedAt + (n * 1_000) / perSecond - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        answers.push(ask(addresses[n % addresses.length]));
      }
      await Promise.all(answers);
      child.send('times');
      return message();
    };
    await askAll(2 * perSecond);
    const { times, cpuMs } = await askAll(total);
    if (times.length !== total)
      throw new Error(`${times.length} pages were served, ${total} were asked for.`);
    const [own, whole] = [times.map(([of]) => of), times.map(([, of]) => of)];
    return [
      {
        name: `claim page, warm, at ${perSecond} requests/s: our own time, 99th percentile`,
        value: round(percentile(own, 0.99)),
        unit: 'ms',
        bar: 15,
        better: 'lower',
        peers: {
          cpuMsPerRequest: round(cpuMs / total),
          ownMedian: round(percentile(own, 0.5)),
          withDatabaseMedian: round(percentile(whole, 0.5)),
          withDatabase99th: round(percentile(whole, 0.99)),
        },
      },
      {
        name: 'largest claim page, uncompressed, nothing else to load',
        value: round(largest / 1_000),
        unit: 'kB',
        bar: 20,
        better: 'lower',
      },
    ];
  } finally {
    died.catch(() => undefined);
    await pool?.close();
    child.disconnect();
    await postgres.close();
  }
}
