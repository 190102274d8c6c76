import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type QuotaTurn, SeekPass, type SharedQuota } from '@seek-pass-kit/core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { sharedQuota } from '../../src/quota/shared-quota.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { microcredential } from '../add-flow-fixture.ts';
import { openTestDatabase, postgresMissing, type TestDatabase } from '@seek-pass-kit/prove/postgres';

const clientId = 'sandbox-quota';

describe('the quota of all workers', () => {
  const open = (perSecond: number) => sharedQuota({ store: createMemoryStore(), clientId, perSecond });

  test('spaces requests evenly', async () => {
    const quota = open(4);
    const waits: number[] = [];
    for (let at = 0; at < 4; at += 1) waits.push((await quota.turn('claims', 30_000)).waitMs);
    expect(waits[0]).toBe(0);
    for (const [at, wait] of waits.entries()) expect(Math.abs(wait - at * 250)).toBeLessThan(100);
  });

  test('lets a claim wait for half a second of background work at most', async () => {
    const quota = open(100);
    const polls = await Promise.all(Array.from({ length: 500 }, () => quota.turn('polling', 30_000)));
    expect(polls.filter(({ taken }) => taken).length).toBeLessThanOrEqual(52);
    const claim = await quota.turn('claims', 30_000);
    expect(claim.taken).toBe(true);
    expect(claim.waitMs).toBeLessThanOrEqual(515);
  });

  test('gives background work no turn while claims wait', async () => {
    const quota = open(10);
    const claims: QuotaTurn[] = [];
    for (let at = 0; at < 20; at += 1) claims.push(await quota.turn('claims', 30_000));
    expect(claims.filter(({ taken }) => taken).length).toBeGreaterThanOrEqual(10);
    const poll = await quota.turn('polling', 30_000);
    expect(poll.taken).toBe(false);
    expect(poll.waitMs).toBeGreaterThan(400);
  });

  test('reserves a second ahead at most, so that a pause comes in time', async () => {
    const quota = open(10);
    const claims = await Promise.all(Array.from({ length: 50 }, () => quota.turn('claims', 30_000)));
    const taken = claims.filter((claim) => claim.taken);
    expect(taken.length).toBeLessThanOrEqual(12);
    for (const { waitMs } of taken) expect(waitMs).toBeLessThanOrEqual(1_000);
    await quota.pause(20_000);
    const paused = await quota.turn('claims', 30_000);
    expect(paused.taken).toBe(false);
    expect(paused.waitMs).toBeGreaterThan(18_000);
  });

  test('is one for each client id', async () => {
    const store = createMemoryStore();
    const [one, other] = ['a', 'b'].map((id) => sharedQuota({ store, clientId: id, perSecond: 0.1 }));
    await one?.turn('claims', 0);
    expect((await one?.turn('claims', 0))?.taken).toBe(false);
    expect((await other?.turn('claims', 0))?.taken).toBe(true);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('of %d a second is refused', (perSecond) => {
    expect(() => open(perSecond)).toThrow('quota.perSecond must be above 0');
  });
});

/** A SEEK Pass that notes when requests came and answers some of them with 429. */
async function openServer() {
  const came: number[] = [];
  let asksToWait: number | undefined;
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    if (request.url?.includes('/oauth/') === true) {
      response.end(JSON.stringify({ access_token: 'a', token_type: 'Bearer', expires_in: 3600 }));
      return;
    }
    came.push(performance.now());
    if (asksToWait !== undefined) {
      response.writeHead(429, { 'retry-after': String(asksToWait) }).end('{}');
      asksToWait = undefined;
      return;
    }
    const link = `http://127.0.0.1/partner/add/microcredential#clientId=${clientId}&content=c`;
    response.writeHead(201).end(JSON.stringify({ redirect_uri: link }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    came,
    askToWait: (seconds: number) => (asksToWait = seconds),
  };
}

describe.skipIf(await postgresMissing())('four workers on one PostgreSQL', () => {
  let database: TestDatabase;
  const stores: Store[] = [];

  beforeAll(async () => {
    database = await openTestDatabase();
    const schema = `quota_${process.pid}`;
    const { connectionString } = database;
    for (let at = 0; at < 4; at += 1) stores.push(await openPostgresStore({ connectionString, schema }));
  }, 60_000);

  afterAll(async () => {
    for (const store of stores) await store.close();
    await database.close();
  });

  function clientsOf(baseUrl: string, id: string, perSecond: number): SeekPass[] {
    return stores.map((store) => {
      const quota: SharedQuota = sharedQuota({ store, clientId: id, perSecond });
      const client = new SeekPass({
        environment: 'sandbox',
        baseUrl,
        redirectOrigin: 'http://127.0.0.1',
        clientId,
        clientSecret: 'b3a9c1d04f7e48b2a6d5c8e1f0937a42',
        quota,
      });
      onTestFinished(() => client.close());
      return client;
    });
  }

  const add = async (client: SeekPass | undefined, id: string) =>
    client?.add({ id, credential: microcredential() }, { lane: 'claims' });

  test('send no more requests than one may', async () => {
    const { baseUrl, came } = await openServer();
    const clients = clientsOf(baseUrl, 'even', 100);
    await Promise.all(Array.from({ length: 200 }, (_, at) => add(clients[at % 4], `even-${at}`)));
    expect(came).toHaveLength(200);
    const seconds = ((came.at(-1) ?? 0) - (came[0] ?? 0)) / 1_000;
    // 199 distances of 10 ms, less the slack and what a slow machine delayed the first of them.
    expect(seconds).toBeGreaterThan(1.99 - 0.05 - 0.1);
  }, 30_000);

  test('all wait when SEEK Pass asks one of them to', async () => {
    const { baseUrl, came, askToWait } = await openServer();
    const clients = clientsOf(baseUrl, 'asked', 100);
    askToWait(1);
    await add(clients[0], 'asked-0');
    const [refused = 0, repeated = 0] = came;
    expect(repeated - refused).toBeGreaterThan(990);

    askToWait(1);
    const first = add(clients[0], 'asked-1');
    await expect.poll(() => came.length, { interval: 5 }).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all([first, ...clients.slice(1).map((client, at) => add(client, `asked-${at + 2}`))]);
    const [asked = 0, ...after] = came.slice(2);
    expect(after).toHaveLength(4);
    for (const at of after) expect(at - asked).toBeGreaterThan(990);
  }, 30_000);
});
