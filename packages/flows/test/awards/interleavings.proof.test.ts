import { proof } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { describe } from 'vitest';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { allAtOnce, oneAfterTheOther } from '../proofs/pace.ts';
import { type Place, placeInMemory, placesOnPostgres } from '../proofs/place.ts';
import { expectConverged } from './lives/expect-converged.ts';
import { live } from './lives/live.ts';
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
        await expectConverged(await live(place(), { steps, lost, ...oneAfterTheOther }));
      },
    ),
    { numRuns, seed },
  );
}

/** All actors at once. */
function atTheSameTime(place: () => Place, numRuns: number, seed: number): Promise<void> {
  return fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(anyStep, { minLength: 4, maxLength: 14, size: 'max' }),
      anyLosses,
      async (s, steps, lost) => {
        const actors = [...new Set(steps.map(({ actor }) => actor))];
        await expectConverged(await live(place(), { steps, lost, ...allAtOnce(s, actors) }));
      },
    ),
    { numRuns, seed },
  );
}

describe('click, poll, expiry, correction, withdrawal and lost calls end in the one state that SEEK Pass has', () => {
  proof(
    'Whatever happens to an award, in any order, ends in the one state that SEEK Pass has',
    { small: 500, full: 50_000, timeoutMs },
    ({ size, seed }) => inAnyOrder(placeInMemory, size, seed),
  );

  proof(
    'The same when all of it happens at the same time, however the calls interleave',
    { small: 400, full: 20_000, timeoutMs },
    ({ size, seed }) => atTheSameTime(placeInMemory, size, seed),
  );
});

describe.skipIf(skip)('and over PostgreSQL', () => {
  const place = placesOnPostgres('interleavings');

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
