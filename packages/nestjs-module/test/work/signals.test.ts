import { createNamespace } from '@seek-pass-kit/core';
import { generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { openTestDatabase, postgresMissing, type TestDatabase } from '@seek-pass-kit/prove/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppSettings, buildApp } from './app-program.ts';
import { clientOf, openSandbox } from './sample-options.ts';

describe.skipIf(await postgresMissing())('an application that is told to end', () => {
  let app: Awaited<ReturnType<typeof buildApp>>;
  let database: TestDatabase;
  let schemas = 0;
  beforeAll(async () => {
    [app, database] = await Promise.all([buildApp(), openTestDatabase()]);
  }, 60_000);
  afterAll(async () => {
    await app?.remove();
    await database?.close();
  });

  /** Settings of processes that share one store. */
  async function settings(): Promise<AppSettings> {
    const sandbox = await openSandbox();
    schemas += 1;
    return {
      options: {
        ...clientOf(sandbox),
        brand: { name: 'Example University' },
        store: {
          postgres: {
            connectionString: database.connectionString,
            schema: `signals_${process.pid}_${schemas}`,
          },
        },
        keys: generateKeyRing(),
        addFlow: {
          claimBaseUrl: 'http://127.0.0.1:4999/claim',
          namespace: createNamespace({ environment: 'sandbox', clientId: sandbox.clientId }),
          claimKey: generateClaimKey(),
        },
      },
      awards: 0,
      sendMs: 200,
      onSignal: 'exit',
    };
  }

  const told = (lines: ReadonlyArray<Readonly<Record<string, unknown>>>, member: string) =>
    lines.flatMap((line) => (member in line ? [line[member]] : []));

  test('finishes the jobs that run, exits with 0, and leaves the rest to the next one: each learner gets one mail', async () => {
    const shared = await settings();
    const first = app.start({ ...shared, awards: 40, sendMs: 400 });
    await first.said({ sending: 'lan.1@example.edu' });
    await first.said({ ready: true });
    first.signal('SIGTERM');
    expect(await first.ended).toEqual({ code: 0, signal: null });
    expect(new Set(told(first.lines, 'sent'))).toEqual(new Set(told(first.lines, 'sending')));
    expect(told(first.lines, 'log')).toContainEqual({ event: 'closed', inTime: true });

    const two = [app.start(shared), app.start(shared)];
    const sent = () => [first, ...two].flatMap(({ lines }) => told(lines, 'sent'));
    await expect.poll(() => sent().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(40);
    for (const one of two) await one.said({ ready: true });
    for (const one of two) one.signal('SIGTERM');
    for (const { ended } of two) expect(await ended).toEqual({ code: 0, signal: null });
    const everybody = Array.from({ length: 40 }, (_, at) => `lan.${at + 1}@example.edu`);
    expect(sent()).toHaveLength(40);
    expect(new Set(sent())).toEqual(new Set(everybody));
  }, 60_000);

  test.each(['10', '11', '12'] as const)(
    'on Nest %s drains before the signal is passed on',
    async (major) => {
      const one = app.start({ ...(await settings()), awards: 1, sendMs: 500, onSignal: 'hooks' }, major);
      await one.said({ sending: 'lan.1@example.edu' });
      one.signal('SIGTERM');
      expect(await one.ended).toEqual({ code: null, signal: 'SIGTERM' });
      expect(one.lines).toContainEqual({ sent: 'lan.1@example.edu' });
      expect(one.lines.at(-1)).toEqual({ log: { event: 'closed', inTime: true } });
    },
    60_000,
  );

  test('says so at the start when nothing in it hears signals', async () => {
    const deaf = app.start({ ...(await settings()), onSignal: 'nothing' });
    await deaf.said({
      log: {
        event: 'shutdown_hooks_missing',
        reason: 'a signal cuts jobs off: call app.enableShutdownHooks',
      },
    });
    deaf.signal('SIGTERM');
    expect(await deaf.ended).toEqual({ code: null, signal: 'SIGTERM' });
    expect(deaf.lines).not.toContainEqual({ log: { event: 'draining' } });
  }, 60_000);
});
