import { randomBytes, randomUUID } from 'node:crypto';
import type { Inbox, VerifyFlow } from '@seek-pass-kit/flows';
import { openPostgresStore, type PostgresClient, type PostgresPool } from '@seek-pass-kit/flows/postgres';
import { openTestDatabase, postgresMissing } from '@seek-pass-kit/prove/postgres';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { getInboxToken, getVerifyFlowToken } from '../../src/index.ts';
import { adapters, openApp, openSeekPass } from '../http/open-app.ts';
import { inboxOnly, send, stranger } from './deliveries.ts';

const skip = await postgresMissing();
/** A server may have to be started. */
const patience = { timeout: 60_000 };

/** The pool of an application, which counts the statements that it is given. */
async function openPool(): Promise<{ readonly pool: PostgresPool; readonly statements: () => number }> {
  const database = await openTestDatabase();
  const pool = new pg.Pool({ connectionString: database.connectionString, max: 4 });
  onTestFinished(async () => {
    await pool.end();
    await database.close();
  });
  let statements = 0;
  // One for each client, as the pool itself hands out: the store listens to each of them once.
  const counted = new WeakMap<pg.PoolClient, PostgresClient>();
  const countedBy = (client: pg.PoolClient): PostgresClient => ({
    on: (event, listener) => client.on(event, listener),
    release: (destroy) => client.release(destroy),
    query({ text, values = [] }) {
      statements += 1;
      return client.query(text, values);
    },
  });
  return {
    statements: () => statements,
    pool: {
      end: () => pool.end(),
      async connect() {
        const client = await pool.connect();
        const known = counted.get(client) ?? countedBy(client);
        counted.set(client, known);
        return known;
      },
    },
  };
}

describe.skipIf(skip).each(adapters)('over the pool of an application, on %s', (_name, adapter) => {
  test('security rule 15: an unsigned flood costs PostgreSQL no statement', patience, async () => {
    const seekPass = await openSeekPass();
    const { pool, statements } = await openPool();
    const webhooks = { refreshMs: 3_600_000 };
    const { store: _memory, ...options } = inboxOnly(seekPass, { webhooks });
    const { url, app } = await openApp({
      adapter: adapter(),
      registrations: [
        { ...options, store: { postgres: { pool, schema: `flood_${randomUUID().slice(0, 8)}` } } },
      ],
    });
    const inbox = app.get<Inbox>(getInboxToken(), { strict: false });
    await inbox.createEndpoint({ who: 'staff-7' });
    const before = statements();
    expect(before).toBeGreaterThan(0);
    const post = (body: Uint8Array | string, headers: Record<string, string>) =>
      fetch(`${url}/webhooks/seek-pass`, { method: 'POST', body, headers }).then(({ status }) => status);
    const at = seekPass.clock.now();
    for (let round = 0; round < 25; round += 1) {
      const answers = await Promise.all([
        send({ url, at, secret: stranger }),
        send({ url, at: at - 901_000, secret: seekPass.webhooks.secret }),
        post(randomBytes(300), {}),
        post(randomBytes(70_000), {}),
        post('{}', { 'x-timestamp': String(at / 1_000), 'x-signature': randomBytes(32).toString('hex') }),
        post('{}', { 'content-encoding': 'gzip' }),
        fetch(`${url}/webhooks/seek-pass?secret=1`).then(({ status }) => status),
      ]);
      expect(answers).toEqual([400, 400, 400, 413, 400, 415, 405]);
    }
    expect(statements()).toBe(before);
    expect(await send({ url, at, secret: seekPass.webhooks.secret })).toBe(204);
    expect(statements()).toBeGreaterThan(before);
  });

  test(
    'security rule 15: what issuer A signs reaches no handler of issuer B and asks SEEK Pass nothing',
    patience,
    async () => {
      const seekPass = await openSeekPass();
      const { pool } = await openPool();
      const store = await openPostgresStore({ pool, schema: `issuers_${randomUUID().slice(0, 8)}` });
      onTestFinished(() => store.close());
      const secrets = { a: 'a1'.repeat(32), b: 'b2'.repeat(32) };
      const of = (name: 'a' | 'b') => {
        const {
          addFlow: _add,
          claimPages: _pages,
          ...options
        } = seekPass.options({
          store,
          verifyFlow: { callbackBaseUrl: `https://portal.example.edu/${name}/verify` },
          webhooks: { receiverUrl: `https://portal.example.edu/${name}/events`, secrets: secrets[name] },
        });
        return { name, ...options };
      };
      const { url, app } = await openApp({ adapter: adapter(), registrations: [of('a'), of('b')] });
      const ofB = app.get<VerifyFlow>(getVerifyFlowToken('b'), { strict: false });
      await ofB.createVerification({ reference: 'application 17', expected: 'anyone' });
      const requestId = seekPass.sandbox.control.verifications.list()[0]?.requestId;
      expect(requestId).toBeDefined();
      const inboxOf = (name: string) => app.get<Inbox>(getInboxToken(name), { strict: false });
      const asked = seekPass.sandbox.control.requests.list().length;
      const to = (path: 'a' | 'b', by: 'a' | 'b') =>
        send({
          url,
          path: `/${path}/events`,
          at: seekPass.clock.now(),
          secret: secrets[by],
          event: { event_id: `${path}-${by}`, request_id: requestId },
        });
      expect(await to('b', 'a')).toBe(400);
      expect(await to('a', 'b')).toBe(400);
      // A may say what it likes at its own address: it is parked there, for nobody.
      expect(await to('a', 'a')).toBe(204);
      for (const name of ['a', 'b']) await inboxOf(name).runDue({ budgetMs: 5_000 });
      expect(await inboxOf('a').counts()).toMatchObject({ parked: 1 });
      expect(await inboxOf('b').counts()).toEqual({ waiting: 0, parked: 0, dead: 0 });
      expect(await store.read.inboxEvent('b', 'a-a')).toBeUndefined();
      expect(seekPass.sandbox.control.requests.list()).toHaveLength(asked);
    },
  );
});
