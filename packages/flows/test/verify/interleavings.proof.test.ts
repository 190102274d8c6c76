import { proof } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { describe } from 'vitest';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { allAtOnce, oneAfterTheOther } from '../proofs/pace.ts';
import { type Place, placeInMemory, placesOnPostgres } from '../proofs/place.ts';
import { type Actor, anyHappenings, anyLosses, expectConverged, type Happening } from './lives.ts';

const skip = await postgresMissing();
const timeoutMs = 30 * 60_000;

/** One happening after the other. */
const inAnyOrder = (place: () => Place, numRuns: number, seed: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(anyHappenings, anyLosses, fc.boolean(), (happenings, lost, webhooks) =>
      expectConverged(place(), { happenings, lost, webhooks, ...oneAfterTheOther }),
    ),
    { numRuns, seed },
  );

/** All actors at once: browser, webhook, worker and person. */
const atTheSameTime = (place: () => Place, numRuns: number, seed: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      anyHappenings,
      anyLosses,
      fc.boolean(),
      (s, happenings, lost, webhooks) => {
        const everybody: readonly Actor[] = ['person', 'browser', 'webhook', 'worker', 'time'];
        return expectConverged(place(), { happenings, lost, webhooks, ...allAtOnce(s, everybody) });
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
  proof(
    'Every order of an end, callbacks, webhooks, a poll and the expiry, with webhooks on and off',
    { small: 1, full: 2, timeoutMs },
    async ({ size: times }) => {
      const twice = (happening: Happening) => Array.from({ length: times }, () => happening);
      for (const end of ['share', 'share_other', 'refuse'] as const) {
        const happenings = [end, ...twice('callback'), ...twice('webhook'), 'poll', 'expiry'] as const;
        for (const webhooks of [true, false]) {
          for (const order of ordersOf(happenings)) {
            const fate = { happenings: order, lost: [], webhooks, ...oneAfterTheOther };
            await expectConverged(placeInMemory(), fate);
          }
        }
      }
    },
  );

  proof(
    'Whatever happens to a verification, in any order, with lost answers, it ends in the one state that SEEK Pass has',
    { small: 150, full: 30_000, timeoutMs },
    ({ size, seed }) => inAnyOrder(placeInMemory, size, seed),
  );

  proof(
    'The same when browser, webhook, worker and person act at the same time',
    { small: 60, full: 20_000, timeoutMs },
    ({ size, seed }) => atTheSameTime(placeInMemory, size, seed),
  );
});

describe.skipIf(skip)('and over PostgreSQL', () => {
  const place = placesOnPostgres('verifications');

  proof(
    'Over PostgreSQL, at the same time, a verification ends in the one state that SEEK Pass has',
    { small: 15, full: 2_000, timeoutMs },
    ({ size, seed }) => atTheSameTime(place, size, seed),
  );
});
