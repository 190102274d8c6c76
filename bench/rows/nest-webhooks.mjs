import { randomBytes } from 'node:crypto';
import { answering } from '../answering.mjs';
import { median, round } from '../measure.mjs';
import { startPostgres } from '../postgres.mjs';

const platforms = ['express', 'fastify'];

/** Processes that end with the measurement. */
async function withProcesses(work) {
  const processes = [];
  const start = async (file, args) => {
    const started = answering(file, args);
    processes.push(started);
    const ready = await started.next();
    return { ...started, ready };
  };
  /** An application, and a sender of its own. */
  const open = async (platform, kind, secret, connectionString = '') => {
    const app = await start('nest-webhooks-process.mjs', [platform, kind, secret, connectionString]);
    const sender = await start('webhook-sender-process.mjs', [String(app.ready.port), secret]);
    return {
      app,
      async send(count) {
        const before = await app.ask('cpuMs');
        const { answers, seconds, longestMs } = await sender.ask({ count, signed: true });
        if (answers[204] !== count)
          throw new Error(`${platform} ${kind} answered ${JSON.stringify(answers)}.`);
        return {
          perSecond: count / seconds,
          cpuUs: (1_000 * ((await app.ask('cpuMs')) - before)) / count,
          longestMs,
        };
      },
    };
  };
  try {
    return await work(open);
  } finally {
    for (const one of processes) one.close();
  }
}

/**
 * Pairs of rounds, the one and the other first by turns: a busy moment of the machine meets both. The median of the ratios counts, since the
 * two of a pair were as busy.
 */
async function compared({ bare, relay }, { count, rounds }) {
  for (const { send } of [bare, relay]) for (let n = 0; n < 3; n += 1) await send(count);
  const pairs = [];
  for (let n = 0; n < rounds; n += 1) {
    const first = await (n % 2 === 0 ? bare : relay).send(count);
    const second = await (n % 2 === 0 ? relay : bare).send(count);
    pairs.push(n % 2 === 0 ? { bare: first, relay: second } : { bare: second, relay: first });
  }
  const of = (name, what) => median(pairs.map((pair) => pair[name][what]));
  return { ratio: median(pairs.map((pair) => pair.relay.perSecond / pair.bare.perSecond)), of };
}

/** The receiver without an inbox, which verifies each delivery, beside a route of Nest that only has the raw body read. */
export async function nestWebhooksWithoutInbox({ quick }) {
  const secret = randomBytes(32).toString('hex');
  const size = quick ? { count: 500, rounds: 3 } : { count: 4_000, rounds: 15 };
  const rows = [];
  for (const platform of platforms) {
    const { ratio, of } = await withProcesses(async (open) =>
      compared(
        { bare: await open(platform, 'bare', secret), relay: await open(platform, 'relay', secret) },
        size,
      ),
    );
    rows.push({
      name: `webhooks on Nest with ${platform}, without an inbox, against a bare route that reads the raw body`,
      value: round(ratio),
      unit: '×',
      bar: 0.9,
      better: 'higher',
      peers: {
        perSecond: round(of('relay', 'perSecond'), 0),
        barePerSecond: round(of('bare', 'perSecond'), 0),
        cpuUsPerDelivery: round(of('relay', 'cpuUs'), 0),
        bareCpuUsPerRequest: round(of('bare', 'cpuUs'), 0),
      },
    });
  }
  return rows;
}

/** With the inbox over PostgreSQL: what is answered 204 is stored. Then a handler that takes 30 seconds for each event. */
export async function nestWebhooksWithInbox({ quick }) {
  const secret = randomBytes(32).toString('hex');
  const postgres = await startPostgres();
  try {
    const rows = [];
    for (const platform of platforms) {
      await withProcesses(async (open) => {
        const stored = await open(platform, 'inbox', secret, postgres.connectionString);
        await stored.send(500);
        const { perSecond, cpuUs } = await stored.send(quick ? 1_000 : 10_000);
        const slow = await open(platform, 'slow', secret, postgres.connectionString);
        await slow.send(10);
        while ((await slow.app.ask('handled')) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
        // Its handlers sleep by now, for longer than this takes.
        const { longestMs } = await slow.send(quick ? 100 : 1_000);
        rows.push({
          name: `longest answer to a webhook on Nest with ${platform} while handlers take 30 s`,
          value: round(longestMs, 0),
          unit: 'ms',
          bar: 1_000,
          better: 'lower',
          peers: { storedPerSecond: round(perSecond, 0), cpuUsPerStoredEvent: round(cpuUs, 0) },
        });
      });
    }
    return rows;
  } finally {
    await postgres.close();
  }
}
