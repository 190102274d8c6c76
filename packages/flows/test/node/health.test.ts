import { systemClock } from '@seek-pass-kit/core';
import { ManualClock } from '@seek-pass-kit/core/testing';
import { describe, expect, test } from 'vitest';
import { createHealth } from '../../src/node/health.ts';
import { createHostRecord } from '../../src/node/host-record.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { jobRow } from '../conformance/sample-rows.ts';
import { send } from './http-probe.ts';
import { idleReport, openHost, storeWithBacklog } from './open-host.ts';

describe('health', () => {
  const ready = async (port: number) => {
    const { status, body } = await send(port, '/health/ready');
    return { status, ...JSON.parse(body) };
  };

  test('is live and ready, and tells strangers no numbers', async () => {
    const { host } = await openHost({ work: [{ runDue: async () => idleReport }] });
    expect(await send(host.port, '/health/live')).toMatchObject({ status: 200, body: '{"status":"live"}' });
    expect(await send(host.port, '/health/ready')).toMatchObject({
      status: 200,
      body: '{"status":"ready","store":"ok","seekPass":"unknown","work":"ok"}',
    });
    expect(await send(host.port, '/health/ready', { method: 'POST' })).toMatchObject({ status: 404 });
  });

  test('is out of service without its store, and comes back with it', async () => {
    let down = true;
    const store = storeWithBacklog((ask) => async (issuers, now) => {
      if (down) throw new Error('password of database: hunter2');
      return ask(issuers, now);
    });
    let now = Date.now();
    const { host } = await openHost({
      health: { store, issuers: ['default'] },
      clock: { ...systemClock, now: () => now },
    });
    const answer = await send(host.port, '/health/ready');
    expect(answer.status).toBe(503);
    expect(answer.body).toBe(
      '{"status":"unavailable","store":"unavailable","seekPass":"unknown","work":"none"}',
    );
    expect((await send(host.port, '/health/live')).status).toBe(200);
    down = false;
    now += 1_000;
    expect(await ready(host.port)).toMatchObject({ status: 'ready' });
  });

  test('asks the store once for many probes, and never SEEK Pass', async () => {
    let asked = 0;
    const store = storeWithBacklog((ask) => (issuers, now) => {
      asked += 1;
      return ask(issuers, now);
    });
    const { host } = await openHost({
      health: { store, issuers: ['default'] },
      clock: { ...systemClock, now: () => 1_000_000 },
    });
    await Promise.all(Array.from({ length: 50 }, () => send(host.port, '/health/ready')));
    expect(asked).toBe(1);
  });

  test('knows how SEEK Pass is from real calls; SEEK Pass being down takes no host out of service', async () => {
    const record = createHostRecord();
    const { host } = await openHost({ record });
    const call = (outcome: string) =>
      record.onSeekPassEvent({
        type: 'call',
        operation: 'token',
        call: 1,
        attempts: 1,
        durationMs: 9,
        outcome,
      });
    call('authentication_failed');
    expect(await ready(host.port)).toMatchObject({ status: 'degraded', seekPass: 'refused' });
    call('unavailable');
    expect(await ready(host.port)).toMatchObject({ status: 'degraded', seekPass: 'failing' });
    call('aborted');
    expect(await ready(host.port)).toMatchObject({ seekPass: 'failing' });
    call('ok');
    expect(await ready(host.port)).toMatchObject({ status: 'ready', seekPass: 'ok' });
    expect((await send(host.port, '/health/ready')).status).toBe(200);
  });

  test('sees work that fails and work that is late', async () => {
    const failing = await openHost({ work: [{ runDue: () => Promise.reject(new Error('no')) }] });
    await expect.poll(() => ready(failing.host.port)).toMatchObject({ status: 'degraded', work: 'failing' });
    expect(failing.log).toContainEqual({ event: 'work_failed', error: 'Error' });

    const store = createMemoryStore();
    const runAt = Date.now() - 11 * 60_000;
    await store.transaction((tx) => tx.enqueue([jobRow('default', { runAt })]));
    const late = await openHost({
      health: { store, issuers: ['default'] },
      work: [{ runDue: async () => idleReport }],
    });
    expect(await ready(late.host.port)).toMatchObject({ status: 'degraded', work: 'late' });
    const pagesOnly = await openHost({ health: { store, issuers: ['default'] } });
    expect(await ready(pagesOnly.host.port)).toMatchObject({ status: 'degraded', work: 'late' });
  });
});

describe('health of a host that is not of this kit', () => {
  const call = { call: 1, attempts: 1, durationMs: 9 } as const;

  test('tells how long ago SEEK Pass answered, and how long the token is good', async () => {
    const clock = new ManualClock();
    const record = createHostRecord({ clock });
    const health = createHealth({ record, clock });
    expect(await health()).toEqual({ status: 'ready', store: 'none', seekPass: 'unknown', work: 'none' });
    record.onSeekPassEvent({ type: 'call', operation: 'token', outcome: 'ok', ...call });
    record.onSeekPassEvent({ type: 'token', expiresInMs: 590_000 });
    clock.advance(60_000);
    record.onSeekPassEvent({ type: 'call', operation: 'add', outcome: 'unavailable', ...call });
    clock.advance(5_000);
    record.onSeekPassEvent({ type: 'call', operation: 'add', outcome: 'aborted', ...call });
    expect(await health()).toEqual({
      status: 'degraded',
      store: 'none',
      seekPass: 'failing',
      work: 'none',
      lastCall: { ageSeconds: 5 },
      token: { ageSeconds: 65, expiresInSeconds: 525 },
    });
    clock.advance(3_600_000);
    expect(await health()).toMatchObject({ token: { expiresInSeconds: 0 } });
  });

  test('is late when a webhook event waits for ten minutes, by the clock of SEEK Pass', async () => {
    const clock = new ManualClock();
    const memory = createMemoryStore();
    let receivedAt: number | null = null;
    const store = { ...memory, read: { ...memory.read, oldestUnhandledEvent: async () => receivedAt } };
    const seekPassNow = () => clock.now() + 3_600_000;
    const health = createHealth({
      health: { store, issuers: ['default', 'hr'], seekPassNow },
      record: createHostRecord(),
      worker: { failing: () => false },
      clock,
    });
    expect(await health()).toMatchObject({ work: 'ok', inbox: { oldestUnhandledSeconds: 0 } });
    receivedAt = seekPassNow();
    clock.advance(600_000);
    expect(await health()).toMatchObject({ work: 'ok', inbox: { oldestUnhandledSeconds: 600 } });
    clock.advance(1_000);
    expect(await health()).toMatchObject({
      status: 'degraded',
      work: 'late',
      inbox: { oldestUnhandledSeconds: 601 },
    });
  });

  test('drains when it is told to, whatever else is', async () => {
    let draining = false;
    const health = createHealth({ record: createHostRecord(), draining: () => draining });
    expect(await health()).toMatchObject({ status: 'ready' });
    draining = true;
    expect(await health()).toMatchObject({ status: 'draining' });
  });
});
