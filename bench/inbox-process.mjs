/**
 * Receives webhooks in a process of its own, as a host does, and counts every statement that goes to the database. Sends its port;
 * answers `statements` with their number so far, `cpuMs` with the CPU that it used so far, and `handle` with how long it took to hand all events to their handler.
 */
import { createInbox, generateKeyRing, keyRingFromText } from '@seek-pass-kit/flows';
import { createHost } from '@seek-pass-kit/flows/node';
import { openPostgresStore } from '@seek-pass-kit/flows/postgres';
import pg from 'pg';

const [connectionString, secret] = process.argv.slice(2);
const origin = 'http://127.0.0.1:4020';

let statements = 0;
const pool = new pg.Pool({ connectionString, max: 10, pipeline: true });
pool.on('connect', (client) => {
  const query = client.query.bind(client);
  client.query = (...of) => {
    statements += 1;
    return query(...of);
  };
});

const store = await openPostgresStore({ pool, schema: 'bench' });
let handled = 0;
const inbox = createInbox({
  environment: 'sandbox',
  seekPass: {
    now: () => Date.now(),
    webhooks: {
      create: async () => ({ id: 'w-1', created: true, secret: { reveal: () => secret } }),
    },
  },
  store,
  keys: keyRingFromText(generateKeyRing()),
  receiverUrl: `${origin}/webhooks/seek-pass`,
  handlers: {
    verify: async () => {
      handled += 1;
    },
  },
  // The readings of the secrets are no work of a request: none while the bench counts.
  refreshMs: 600_000,
});
await inbox.start();
await inbox.createEndpoint({ who: 'bench' });

const host = await createHost({
  routes: [{ path: '/webhooks/seek-pass', handler: inbox.receiver() }],
  origin,
  port: 0,
  health: { store, issuers: ['default'] },
});

const tasks = {
  async cpuMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
  statements: async () => statements,
  async handle() {
    const startedAt = performance.now();
    await inbox.runDue({ budgetMs: 60_000, concurrency: 32 });
    return { handled, seconds: (performance.now() - startedAt) / 1_000 };
  },
};

process.on('message', async (task) => process.send?.(await tasks[task]()));
process.on('disconnect', () => process.exit(0));
process.send?.({ port: host.port });
