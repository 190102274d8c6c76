import { proof } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { afterAll, beforeAll, describe } from 'vitest';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { openTestDatabase, postgresMissing, type TestDatabase } from '../postgres/temporary-postgres.ts';
import {
  type Actor,
  anyHappenings,
  anyLosses,
  expectConverged,
  type Happening,
  type Place,
} from './lives.ts';

const skip = await postgresMissing();
const timeoutMs = 30 * 60_000;
const atOnce = async () => undefined;

/** One happening after the other. */
const inAnyOrder = (place: () => Place, numRuns: number, seed: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(anyHappenings, anyLosses, fc.boolean(), async (happenings, lost, webhooks) => {
      await expectConverged(place(), {
        happenings,
        lost,
        webhooks,
        turn: atOnce,
        all: (acting) => acting(),
      });
    }),
    { numRuns, seed },
  );

/** Lets what is under way elsewhere go on. */
const breathe = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  });

/** All actors at once: browser, webhook, worker and person. */
const atTheSameTime = (place: () => Place, numRuns: number, seed: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      anyHappenings,
      anyLosses,
      fc.boolean(),
      async (s, happenings, lost, webhooks) => {
        const everybody: readonly Actor[] = ['person', 'browser', 'webhook', 'worker', 'time'];
        let isOver = false;
        const turn = async () => {
          if (isOver) return;
          await s.schedule(Promise.resolve());
          await breathe();
        };
        await expectConverged(place(), {
          happenings,
          lost,
          webhooks,
          turn,
          async all(acting) {
            await s.waitFor(Promise.all(everybody.map((actor) => acting(actor))));
            isOver = true;
          },
        });
      },
    ),
    { numRuns, seed },
  );

/** Every order of these, each once. */
function* ordersOf(happenings: readonly Happening[]): Generator<readonly Happening[]> {
  if (happenings.length === 0) yield [];
  for (const first of new Set(happenings)) {
    const at = happenings.indexOf(first);
    for (const rest of ordersOf(happenings.filter((_, index) => index !== at))) yield [first, ...rest];
  }
}

describe('callback, webhook, poll and expiry of one verification converge to one state', () => {
  const place = () => ({ store: createMemoryStore(), issuer: 'default' });

  proof(
    'Every order of an end, callbacks, webhooks, a poll and the expiry, with webhooks on and off',
    { small: 1, full: 2, timeoutMs },
    async ({ size: times }) => {
      const twice = (happening: Happening) => Array.from({ length: times }, () => happening);
      for (const end of ['share', 'share_other', 'refuse'] as const) {
        const happenings = [end, ...twice('callback'), ...twice('webhook'), 'poll', 'expiry'] as const;
        for (const webhooks of [true, false]) {
          for (const order of ordersOf(happenings)) {
            const fate = { happenings: order, lost: [], webhooks, turn: atOnce };
            await expectConverged(place(), { ...fate, all: (acting) => acting() });
          }
        }
      }
    },
  );

  proof(
    'Whatever happens to a verification, in any order, with lost answers, it ends in the one state that SEEK Pass has',
    { small: 150, full: 30_000, timeoutMs },
    ({ size, seed }) => inAnyOrder(place, size, seed),
  );

  proof(
    'The same when browser, webhook, worker and person act at the same time',
    { small: 60, full: 20_000, timeoutMs },
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
    store = await openPostgresStore({ connectionString, schema: `verifications_${process.pid}` });
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await database.close();
  });
  const place = () => ({ store, issuer: `life-${(lives += 1)}` });

  proof(
    'Over PostgreSQL, at the same time, a verification ends in the one state that SEEK Pass has',
    { small: 15, full: 2_000, timeoutMs },
    ({ size, seed }) => atTheSameTime(place, size, seed),
  );
});
