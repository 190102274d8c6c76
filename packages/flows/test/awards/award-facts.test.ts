import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwardFacts, ErasedPart, LinkClosure, SubmissionFact } from '../../src/awards/award-facts.ts';
import {
  claimability,
  noFacts,
  openSubmission,
  standingOf,
  withErased,
  withLinkClosed,
  withSubmission,
} from '../../src/awards/award-facts.ts';
import type { SubmissionOutcome } from '../../src/awards/submission-outcome.ts';

type Event = { closure: LinkClosure } | { erased: ErasedPart } | { submission: SubmissionFact };

const outcomes: SubmissionOutcome[] = ['open', 'verified', 'declined', 'expired', 'closed', 'refused'];
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ closure: fc.constantFrom<LinkClosure>('withdrawn', 'superseded') }),
  fc.record({ erased: fc.constantFrom<ErasedPart>('delivery_data', 'everything') }),
  fc.record({
    submission: fc.record({ attempt: fc.integer({ min: 1, max: 4 }), outcome: fc.constantFrom(...outcomes) }),
  }),
);

function apply(facts: AwardFacts, next: Event): AwardFacts {
  if ('erased' in next) return withErased(facts, next.erased);
  return 'closure' in next ? withLinkClosed(facts, next.closure) : withSubmission(facts, next.submission);
}

describe('the facts of an award', () => {
  const numRuns = process.env['PROVE'] === 'full' ? 200_000 : 5_000;

  it('end in one standing, in whatever order and however often they arrive', () => {
    fc.assert(
      fc.property(
        fc
          .array(event, { maxLength: 8 })
          .chain((events) =>
            fc.tuple(
              fc.constant(events),
              fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
            ),
          ),
        ([events, shuffledTwice]) => {
          expect(shuffledTwice.reduce(apply, noFacts)).toEqual(events.reduce(apply, noFacts));
        },
      ),
      { numRuns },
    );
  });

  it('never leave "added" again, and never reopen a closed link', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), fc.array(event, { maxLength: 8 }), (before, after) => {
        const earlier = before.reduce(apply, noFacts);
        const later = after.reduce(apply, earlier);
        const progress = (facts: AwardFacts) => standingOf(facts).behindClosedLink ?? standingOf(facts).state;
        if (progress(earlier) === 'added') expect(progress(later)).toBe('added');
        if (earlier.linkClosure !== undefined) expect(claimability(later)).toBe('no');
        if (earlier.erased !== undefined) expect(claimability(later)).toBe('no');
        if (earlier.linkClosure === 'withdrawn') expect(standingOf(later).state).toBe('withdrawn');
      }),
      { numRuns },
    );
  });
});

describe('the standing of an award', () => {
  const after = (...facts: SubmissionFact[]): AwardFacts => facts.reduce(withSubmission, noFacts);

  it('is ready again when a submission expired, by inference', () => {
    expect(standingOf(after({ attempt: 1, outcome: 'expired' }))).toEqual({
      state: 'ready',
      evidence: 'inferred',
    });
  });

  it('follows the latest attempt', () => {
    expect(
      standingOf(after({ attempt: 1, outcome: 'declined' }, { attempt: 2, outcome: 'open' })).state,
    ).toBe('submitted');
  });

  it('is added when an attempt that was thought expired turns out verified', () => {
    const facts = after(
      { attempt: 1, outcome: 'expired' },
      { attempt: 2, outcome: 'open' },
      { attempt: 1, outcome: 'verified' },
    );
    expect(standingOf(facts).state).toBe('added');
    expect(openSubmission(facts)?.attempt).toBe(2);
  });

  it('tells what comes of an open submission after a withdrawal', () => {
    const facts = withLinkClosed(after({ attempt: 1, outcome: 'verified' }), 'withdrawn');
    expect(standingOf(facts)).toEqual({
      state: 'withdrawn',
      evidence: 'observed',
      behindClosedLink: 'added',
    });
    expect(claimability(facts)).toBe('no');
  });

  it('lets added, declined and closed awards be claimed again, with a warning', () => {
    for (const outcome of ['verified', 'declined', 'closed'] as const) {
      expect(claimability(after({ attempt: 1, outcome }))).toBe('again');
    }
    expect(claimability(after({ attempt: 1, outcome: 'refused' }))).toBe('no');
    expect(claimability(noFacts)).toBe('yes');
  });
});
