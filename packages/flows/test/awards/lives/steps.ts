import fc from 'fast-check';
import type { Loss } from './seek-pass-model.ts';

/** Who acts: each does one thing after the other, all of them at the same time. */
export type Step =
  | {
      readonly actor: 'learner' | 'second tab';
      readonly act: 'click';
      readonly again: boolean;
      /** The link of the newest version, or that of the first mail. */
      readonly link: 'newest' | 'first';
    }
  | { readonly actor: 'wallet'; readonly act: 'finish' | 'decline' }
  | { readonly actor: 'worker' | 'second worker'; readonly act: 'poll' }
  | { readonly actor: 'staff'; readonly act: 'withdraw' | 'correct' }
  | { readonly actor: 'time'; readonly act: 'pass'; readonly hours: number };

/** Any step, those of learners more often than those of staff. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: click('learner') },
  { weight: 2, arbitrary: click('second tab') },
  {
    weight: 2,
    arbitrary: fc.record({
      actor: fc.constant('wallet' as const),
      act: fc.constantFrom('finish' as const, 'decline' as const),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ actor: 'worker', act: 'poll' } as const) },
  { weight: 2, arbitrary: fc.constant({ actor: 'second worker', act: 'poll' } as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      actor: fc.constant('staff' as const),
      act: fc.constantFrom('withdraw' as const, 'correct' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      actor: fc.constant('time' as const),
      act: fc.constant('pass' as const),
      hours: fc.constantFrom(0.2, 24, 47.8, 49),
    }),
  },
);

/** Which of the calls get lost, in their order. */
export const anyLosses: fc.Arbitrary<Loss[]> = fc.array(
  fc.constantFrom<Loss>('none', 'none', 'before', 'after'),
  { maxLength: 6 },
);

function click(actor: 'learner' | 'second tab') {
  return fc.record({
    actor: fc.constant(actor),
    act: fc.constant('click' as const),
    again: fc.boolean(),
    link: fc.constantFrom('newest' as const, 'newest' as const, 'first' as const),
  });
}
