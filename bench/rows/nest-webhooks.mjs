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

/** Rounds in turn, so that a busy moment of the machine meets both; the median of each counts. */
async function compared(candidates, { count, rounds }) {
  const measured = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (const { send } of Object.values(candidates)) for (let n = 0; n < 3; n += 1) await send(count);
  for (let n = 0; n < rounds; n += 1) {
    for (const [name, { send }] of Object.entries(candidates)) measured[name].push(await send(count));
  }
  const of = (name, what) => median(measured[name].map((one) => one[what]));
  return Object.fromEntries(
    Object.keys(candidates).map((name) => [
      name,
      { perSecond: of(name, 'perSecond'), cpuUs: of(name, 'cpuUs') },
    ]),
  );
}

/** The receiver without an inbox, which verifies each delivery, beside a route of Nest that only has the raw body read. */
export async function nestWebhooksWithoutInbox({ quick }) {
  const secret = randomBytes(32).toString('hex');
  const size = quick ? { count: 500, rounds: 3 } : { count: 4_000, rounds: 15 };
  const rows = [];
  for (const platform of platforms) {
    const { bare, relay } = await withProcesses(async (open) =>
      compared(
        { bare: await open(platform, 'bare', secret), relay: await open(platform, 'relay', secret) },
        size,
      ),
    );
    rows.push({
      name: `webhooks on Nest with ${platform}, without an inbox, against a bare route that reads the raw body`,
      value: round(relay.perSecond / bare.perSecond),
      unit: '×',
      bar: 0.9,
      better: 'higher',
      peers: {
        perSecond: round(relay.perSecond, 0),
        barePerSecond: round(bare.perSecond, 0),
        cpuUsPerDelivery: round(relay.cpuUs, 0),
        bareCpuUsPerRequest: round(bare.cpuUs, 0),
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
