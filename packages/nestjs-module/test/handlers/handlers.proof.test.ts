import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AwardEvent, InboxEvent, VerificationEvent } from '@seek-pass-kit/flows';
import { generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { createNamespace } from '@seek-pass-kit/core';
import { openTestDatabase, postgresMissing, type TestDatabase } from '@seek-pass-kit/prove/postgres';
import { proof, type ProofRun } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest';
import { OnAward, OnSeekPassEvent, OnVerification } from '../../src/index.ts';
import { startTestSeekPass } from '../../src/testing/index.ts';
import { openHandlers } from './open-handlers.ts';

describe.skipIf(await postgresMissing())('on PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  proof(
    'Every handler of two processes succeeds exactly once for each award, verification and event, however often it and its siblings throw',
    { small: 4, full: 100 },
    (run) => eachSucceedsOnce(database.connectionString, run),
  );
});

async function eachSucceedsOnce(connectionString: string, { size, seed }: ProofRun): Promise<void> {
  /** Calls of a handler about something, and in which process. */
  const calls = new Map<string, string[]>();
  const drawn = fc.sample(fc.nat(3), { seed, numRuns: 6 * size });
  const failures = new Map<string, number>();
  const call = (process: string, key: string) => {
    if (!failures.has(key)) failures.set(key, drawn[failures.size] ?? 0);
    const made = [...(calls.get(key) ?? []), process];
    calls.set(key, made);
    if (made.length <= (failures.get(key) ?? 0)) throw new RangeError('not yet');
  };
  const process = (name: string) => {
    @Injectable()
    class Diplomas {
      @OnAward('added')
      async onAward({ awardId }: AwardEvent): Promise<void> {
        call(name, `diplomas ${awardId}`);
      }

      @OnVerification('decided')
      async onVerification({ verificationId }: VerificationEvent): Promise<void> {
        call(name, `diplomas ${verificationId}`);
      }

      @OnSeekPassEvent('new.kind')
      async onEvent({ eventId }: InboxEvent): Promise<void> {
        call(name, `diplomas ${eventId}`);
      }
    }
    @Injectable()
    class Letters {
      @OnAward('*')
      @OnVerification('*')
      async onEnd(event: AwardEvent | VerificationEvent): Promise<void> {
        call(name, `letters ${'awardId' in event ? event.awardId : event.verificationId}`);
      }

      @OnSeekPassEvent('*')
      async onEvent({ eventId }: InboxEvent): Promise<void> {
        call(name, `letters ${eventId}`);
      }
    }
    return { providers: [Diplomas, Letters] };
  };

  const at = await startTestSeekPass();
  onTestFinished(() => at.close());
  const { clientId } = at.sandbox;
  const change = {
    keys: generateKeyRing(),
    store: { postgres: { connectionString, schema: 'handlers' } },
    addFlow: {
      namespace: createNamespace({ environment: 'sandbox', clientId }),
      claimKey: generateClaimKey(),
    },
  };
  const one = await openHandlers(process('one'), change, { at });
  const two = await openHandlers(process('two'), change, { at });

  const about: string[] = [];
  for (let round = 1; round <= size; round += 1) {
    about.push(await one.ends('adds', `BCOM/${round}`), await one.shares());
    const eventId = randomUUID();
    await two.sends('new.kind', eventId);
    about.push(eventId);
  }
  const keys = about.flatMap((what) => [`diplomas ${what}`, `letters ${what}`]);
  for (let turn = 0; turn < 6; turn += 1) {
    await Promise.all([one, two].map(({ app }) => at.runDue(app)));
    await at.advance({ hours: 5 });
  }

  const made = keys.map((key) => [key, calls.get(key)?.length]);
  expect(made).toEqual(keys.map((key) => [key, (failures.get(key) ?? 0) + 1]));
  expect(new Set([...calls.values()].flat())).toEqual(new Set(['one', 'two']));
}
