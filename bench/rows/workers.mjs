import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openPostgresStore } from '@seek-pass-kit/flows/postgres';
import pg from 'pg';
import { benchClient } from '../client.mjs';
import { awardTo, newSecrets, openFlow } from '../flow.mjs';
import { round, runInFlight } from '../measure.mjs';
import { startPostgres } from '../postgres.mjs';
import { startServer } from '../server.mjs';

const secrets = newSecrets();

/** Workers in processes of their own, ready to begin. */
async function startWorkers(count, settings) {
  const argument = JSON.stringify({ ...settings, secrets });
  const children = Array.from({ length: count }, () =>
    fork(new URL('../worker-process.mjs', import.meta.url), [argument], { execArgv: [] }),
  );
  await Promise.all(children.map(answerOf));
  return {
    /** Has all of them do it; gives what each says. */
    async run(task, options) {
      const answers = children.map(answerOf);
      for (const child of children) child.send({ task, options });
      return Promise.all(answers);
    },
    close() {
      for (const child of children) child.disconnect();
    },
  };
}

/** A worker that dies has no answer, and the row must not wait for it. */
async function answerOf(child) {
  const settled = new AbortController();
  const { signal } = settled;
  const [answer] = await Promise.race([
    once(child, 'message', { signal }),
    once(child, 'exit', { signal }).then(() => Promise.reject(new Error('A worker died.'))),
  ]).finally(() => settled.abort());
  return answer;
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** Stores submissions as claims do, against a server that answers at once. */
async function submit(total, connectionString) {
  const server = await startServer();
  const seekPass = benchClient(server.origin);
  const store = await openPostgresStore({ connectionString, schema: 'bench' });
  const flow = await openFlow({ seekPass, store, secrets });
  const awards = await awardTo(total, flow);
  const claim = (n) => flow.submitClaim({ awardId: awards[n - 1], generation: 1, again: false });
  await runInFlight(claim, total, 8);
  await Promise.all([seekPass.close(), store.close()]);
  server.close();
}

/** Four workers poll what one polls, on one PostgreSQL, against a server whose answers take 250 ms. */
export async function fourWorkers({ quick }) {
  const total = quick ? 1_440 : 2_880;
  const [postgres, server] = await Promise.all([startPostgres(), startServer({ delayMs: 250 })]);
  const { connectionString } = postgres;
  const pool = new pg.Pool({ connectionString, max: 1 });
  try {
    await submit(total, connectionString);
    const perSecond = async (count) => {
      const workers = await startWorkers(count, { connectionString, origin: server.origin });
      await pool.query('UPDATE bench.submissions SET next_poll_at = submitted_at, last_asked_at = NULL');
      const startedAt = performance.now();
      const asked = sum(await workers.run('poll'));
      const seconds = (performance.now() - startedAt) / 1_000;
      workers.close();
      if (asked !== total) throw new Error(`${asked} submissions were asked about, ${total} were due`);
      return total / seconds;
    };
    const one = await perSecond(1);
    const four = await perSecond(4);
    return [
      {
        name: `four workers poll ${total} submissions on PostgreSQL, 250 ms server`,
        value: round(four / one),
        unit: 'times one worker',
        bar: 3,
        better: 'higher',
        peers: { oneWorker: round(one, 0), fourWorkers: round(four, 0) },
      },
    ];
  } finally {
    await pool.end();
    server.close();
    await postgres.close();
  }
}

/** In how many milliseconds the requests are counted: a process that is held up for a moment sends what is due a moment later. */
const windowMs = 5_000;

/** The most that arrived within any so many milliseconds. */
const fullest = (times, ms) =>
  Math.max(
    ...times.map((at, n) => {
      const after = times.slice(n).findIndex((later) => later >= at + ms);
      return after === -1 ? times.length - n : after;
    }),
  );

/** Four workers call as often as they can under a quota that they share; the server counts what arrives. */
export async function sharedQuota({ quick }) {
  const perSecond = 40;
  const seconds = quick ? 10 : 30;
  const [postgres, server] = await Promise.all([startPostgres(), startServer({ delayMs: 50 })]);
  const { connectionString } = postgres;
  try {
    await (await openPostgresStore({ connectionString, schema: 'bench' })).close();
    const workers = await startWorkers(4, { connectionString, origin: server.origin, perSecond });
    const from = Date.now() + 500;
    await workers.run('call', { until: from + (seconds + 1) * 1_000, inFlight: 4 });
    workers.close();
    const { statusTimes } = await server.counts();
    const times = statusTimes.filter((at) => at >= from && at < from + seconds * 1_000);
    return [
      {
        name: `requests of four workers under a shared quota of ${perSecond}/s, the fullest ${windowMs / 1_000} s`,
        value: round((100_000 * fullest(times, windowMs)) / (perSecond * windowMs), 1),
        unit: '% of the quota',
        bar: 105,
        better: 'lower',
        peers: { inTheFullestSecond: fullest(times, 1_000) },
      },
      {
        name: `requests of four workers under a shared quota of ${perSecond}/s, over ${seconds} s`,
        value: round((100 * times.length) / (perSecond * seconds), 1),
        unit: '% of the quota',
        bar: 95,
        better: 'higher',
      },
    ];
  } finally {
    server.close();
    await postgres.close();
  }
}
