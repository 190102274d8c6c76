import { proof } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { afterAll, beforeAll, describe } from 'vitest';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { openTestDatabase, postgresMissing, type TestDatabase } from '../postgres/temporary-postgres.ts';
import { expectConverged } from './lives/expect-converged.ts';
import { live, type Place } from './lives/live.ts';
import { anyLosses, anyStep } from './lives/steps.ts';

const skip = await postgresMissing();
const timeoutMs = 30 * 60_000;

/** One actor after the other. */
function inAnyOrder(place: () => Place, numRuns: number, seed: number): Promise<void> {
  return fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 4, maxLength: 20, size: 'max' }),
      anyLosses,
      async (steps, lost) => {
        const turn = async () => undefined;
        await expectConverged(await live(place(), { steps, lost, turn, all: (acting) => acting() }));
      },
    ),
    { numRuns, seed },
  );
}

/** Lets what is under way elsewhere go on. */
const breathe = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  });

/** All actors at once. */
function atTheSameTime(place: () => Place, numRuns: number, seed: number): Promise<void> {
  return fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(anyStep, { minLength: 4, maxLength: 14, size: 'max' }),
      anyLosses,
      async (s, steps, lost) => {
        const turn = async () => {
          await s.schedule(Promise.resolve());
          await breathe();
        };
        const actors = [...new Set(steps.map(({ actor }) => actor))];
        const lived = live(place(), {
          steps,
          lost,
          turn,
          all: async (acting) => {
            await s.waitFor(Promise.all(actors.map((actor) => acting(actor))));
          },
        });
        await expectConverged(await lived);
      },
    ),
    { numRuns, seed },
  );
}

describe('click, poll, expiry, correction, withdrawal and lost calls end in the one state that SEEK Pass has', () => {
  const place = () => ({ store: createMemoryStore(), issuer: 'default' });

  proof(
    'Whatever happens to an award, in any order, ends in the one state that SEEK Pass has',
    { small: 500, full: 50_000, timeoutMs },
    ({ size, seed }) => inAnyOrder(place, size, seed),
  );

  proof(
    'The same when all of it happens at the same time, however the calls interleave',
    { small: 400, full: 20_000, timeoutMs },
    ({ size, seed }) => atTheSameTime(place, size, seed),
  );
});

describe.skipIf(skip)('and over PostgreSQL', () => {
  let database: TestDatabase;
  let store: Store;
  let lives = 0;
  beforeAll(async () => {
    database = await openTestDatabase();
    const { connectionString } = database;
    store = await openPostgresStore({ connectionString, schema: `interleavings_${process.pid}` });
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await database.close();
  });
  const place = () => ({ store, issuer: `life-${(lives += 1)}` });

  proof(
    'Over PostgreSQL, in any order, an award ends in the one state that SEEK Pass has',
    { small: 40, full: 3_000, timeoutMs },
    ({ size, seed }) => inAnyOrder(place, size, seed),
  );

  proof(
    'Over PostgreSQL, at the same time, an award ends in the one state that SEEK Pass has',
    { small: 40, full: 3_000, timeoutMs },
    ({ size, seed }) => atTheSameTime(place, size, seed),
  );
});
