import { validate } from '@seek-pass-kit/core';
import { compareCpu, round } from '../measure.mjs';
import { envelope } from '../payload.mjs';

/** CPU to validate one microcredential envelope. */
export async function validation({ quick }) {
  const payload = envelope(1);
  const { validate: cpu } = await compareCpu(
    {
      validate: (calls) => {
        for (let n = 0; n < calls; n += 1) {
          if (!validate(payload).ok) throw new Error('the payload of the bench is not valid');
        }
      },
    },
    { calls: quick ? 20_000 : 200_000, rounds: quick ? 3 : 7 },
  );
  return [
    { name: 'validation of one microcredential', value: round(cpu), unit: 'µs', bar: 5, better: 'lower' },
  ];
}
