import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  callbackLagMs,
  isReleased,
  noVerificationFacts,
  type VerificationFacts,
  type VerificationState,
  verificationStandingOf,
  withCallback,
  withoutPerson,
  withRedaction,
  withRequest,
  withVerified,
} from '../../src/verify/verification-facts.ts';

const decision = { verdict: 'matched', reason: 'same_person', at: 50 } as const;

/** Something that is learned of one verification, which was verified at 100. */
type Learned = (facts: VerificationFacts) => VerificationFacts;

const learned = {
  taken: (facts) => withRequest(facts, 'taken'),
  failed: (facts) => withRequest(facts, 'failed'),
  starter: (facts) => withCallback(facts, 'starter', 120),
  verified: (facts) => withVerified(facts, 100, decision),
  canceled: (facts) => withoutPerson(facts, 'canceled'),
  expired: (facts) => withoutPerson(facts, 'expired'),
  redacted: (facts) => withRedaction(facts, 200),
} satisfies Record<string, Learned>;

const names = Object.keys(learned) as (keyof typeof learned)[];

function after(steps: readonly (keyof typeof learned)[]): VerificationFacts {
  return steps.reduce<VerificationFacts>((facts, step) => learned[step](facts), noVerificationFacts);
}

const order: readonly VerificationState[] = ['created', 'failed', 'open', 'expired', 'canceled', 'held'];
const rank = ({ state }: { readonly state: VerificationState }) => {
  const at = order.indexOf(state);
  return at >= 0 ? at : state === 'redacted' ? order.length + 1 : order.length;
};

describe('what is known of a verification', () => {
  it('comes to the same state in any order and with any repetition', () => {
    const steps = fc
      .shuffledSubarray(names)
      .chain((some) =>
        fc.tuple(fc.constant(some), fc.shuffledSubarray([...some, ...some], { minLength: some.length * 2 })),
      );
    fc.assert(
      fc.property(steps, ([once, twice]) => {
        expect(verificationStandingOf(after(twice)).state).toBe(verificationStandingOf(after(once)).state);
      }),
    );
  });

  it('never goes back: each state is followed by itself or a stronger one', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names), { maxLength: 20 }), (steps) => {
        let strongest = 0;
        for (let count = 0; count <= steps.length; count += 1) {
          const now = rank(verificationStandingOf(after(steps.slice(0, count))));
          expect(now).toBeGreaterThanOrEqual(strongest);
          strongest = now;
        }
      }),
    );
  });

  it.each<[string, VerificationFacts, boolean]>([
    ['the starter comes after the end', withCallback(after(['verified']), 'starter', 101), true],
    [
      'the starter comes, and the answer is a moment late',
      withVerified(withCallback(noVerificationFacts, 'starter', 100), 100 + callbackLagMs, decision),
      true,
    ],
    [
      'the starter came long before the end',
      withVerified(withCallback(noVerificationFacts, 'starter', 100), 101 + callbackLagMs, decision),
      false,
    ],
    [
      'another browser comes first',
      withCallback(withCallback(after(['verified']), 'other', 101), 'starter', 102),
      false,
    ],
    [
      'another browser comes after the starter, before the answer',
      withVerified(
        withCallback(withCallback(noVerificationFacts, 'starter', 100), 'other', 101),
        102,
        decision,
      ),
      false,
    ],
    [
      'another browser comes after the release',
      withCallback(withCallback(after(['verified']), 'starter', 101), 'other', 102),
      true,
    ],
    ['nobody comes', after(['verified']), false],
    ['the starter comes, and nobody was verified', after(['starter', 'canceled']), false],
  ])('%s: released or not', (_, facts, released) => {
    expect(isReleased(facts)).toBe(released);
  });

  it('a decision is made once', () => {
    const other = { verdict: 'mismatched', reason: 'other_name', at: 60 } as const;
    expect(withVerified(after(['verified']), 150, other)).toEqual(after(['verified']));
  });
});
