import { attemptMarginMs, submissionLifeMs } from '@seek-pass-kit/core';

const minute = 60_000;
const hour = 60 * minute;

/**
 * When a submission is asked about, counted from its POST: often while the learner is probably still at it, seldom
 * later, and twice around the end of its 48 hours. Ten times in all, so that 10,000 submissions cost 3,340 calls of 30
 * ids where an hourly sweep costs 16,032.
 */
export const pollAges: readonly number[] = [
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
  36 * hour,
  47 * hour,
  submissionLifeMs + 4 * attemptMarginMs,
];

/**
 * When to ask next, in milliseconds since the epoch. `undefined`: never again, what is not known by now is judged by
 * time.
 *
 * @param lastAskedAt when it was last asked about with an answer, if it was.
 */
export function nextPollAt(submittedAt: number, lastAskedAt?: number): number | undefined {
  const asked = lastAskedAt ?? submittedAt;
  const age = pollAges.find((candidate) => submittedAt + candidate > asked);
  return age === undefined ? undefined : submittedAt + age;
}

/** The longest that an end can stay unseen when it came at this age: the distance to the next planned poll. */
export function lagBound(endedAtAge: number): number {
  const next = pollAges.find((candidate) => candidate >= endedAtAge);
  return next === undefined ? 0 : next - endedAtAge;
}
