import { compareTexts } from '@seek-pass-kit/core/open-cert';
import type { Verdict, VerdictReason } from './verification-facts.ts';
import type { VerifiedIdentity } from './verified-identity.ts';

/** Whom the host expects. */
export interface ExpectedPerson {
  /** As the host knows the person. */
  readonly fullName: string;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth: string;
}

/**
 * Compares whom SEEK Pass verified with whom the host expects. Names that differ in case, accents, punctuation or the order of words are
 * the same; birth dates must be equal. What cannot be compared is never `matched`.
 *
 * @param expected `gone`: it was wiped before the answer came.
 */
export function judgePerson(
  expected: ExpectedPerson | 'anyone' | 'gone',
  identity: VerifiedIdentity | undefined,
): { readonly verdict: Verdict; readonly reason: VerdictReason } {
  if (identity === undefined) return { verdict: 'needs_person', reason: 'unreadable_answer' };
  if (expected === 'anyone') return { verdict: 'anyone', reason: 'anyone_expected' };
  if (expected === 'gone') return { verdict: 'needs_person', reason: 'expectation_gone' };
  const names = compareTexts(expected.fullName, identity.fullName, 'person').result;
  if (names === 'mismatch') return { verdict: 'mismatched', reason: 'other_name' };
  if (identity.dateOfBirth === undefined) return { verdict: 'needs_person', reason: 'no_birth_date' };
  if (identity.dateOfBirth !== expected.dateOfBirth)
    return { verdict: 'mismatched', reason: 'other_birth_date' };
  if (names === 'review') return { verdict: 'needs_person', reason: 'similar_name' };
  return { verdict: 'matched', reason: 'same_person' };
}
