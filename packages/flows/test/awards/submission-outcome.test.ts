import { submissionLifeMs } from '@seek-pass-kit/core';
import { describe, expect, it } from 'vitest';
import { isPastLife, outcomeOf, strongerOutcome } from '../../src/awards/submission-outcome.ts';

const hour = 3_600_000;
const submittedAt = Date.UTC(2026, 10, 20);
const seen = (status: string, seenAfterHours: number, finalizedAfterHours?: number) =>
  outcomeOf(
    {
      status,
      seenAt: submittedAt + seenAfterHours * hour,
      ...(finalizedAfterHours === undefined ? {} : { finalizedAt: submittedAt + finalizedAfterHours * hour }),
    },
    submittedAt,
  );

describe('what a status of SEEK Pass says', () => {
  it.each([
    ['verified', 1, 1, 'verified'],
    ['incomplete', 1, undefined, 'open'],
    ['canceled', 1, 1, 'declined'],
    ['canceled', 2, undefined, 'declined'],
    ['canceled', 60, 1, 'declined'],
    ['canceled', 49, 48, 'expired'],
    ['canceled', 49, undefined, 'closed'],
  ] as const)(
    '%s, seen after %s h, finalized after %s h: %s',
    (status, seenAfter, finalizedAfter, outcome) => {
      expect(seen(status, seenAfter, finalizedAfter)).toBe(outcome);
    },
  );

  it('says nothing when the status is unknown', () => {
    expect(seen('on_hold', 1)).toBeUndefined();
  });
});

it('an answer beats an inference, and a late "incomplete" reopens nothing', () => {
  expect(strongerOutcome('expired', 'verified')).toBe('verified');
  expect(strongerOutcome('declined', 'open')).toBe('declined');
});

it('is past its life only after the margin', () => {
  expect(isPastLife(submittedAt, submittedAt + submissionLifeMs)).toBe(false);
  expect(isPastLife(submittedAt, submittedAt + submissionLifeMs + 16 * 60_000)).toBe(true);
});
