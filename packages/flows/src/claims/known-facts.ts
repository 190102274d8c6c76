import { createHash, timingSafeEqual } from 'node:crypto';
import type { Recipient } from '../awards/recipient.ts';
import type { ClaimRules } from './claim-handler-options.ts';
import type { ProofKind } from './proof-kind.ts';

/**
 * The names of the facts that a recipient must answer besides the proof (security rule 8): those of the settings; else, after a code to a
 * mailbox that nobody ever verified, those on record. One that the recipient does not have on record is asked for all the same, and no
 * answer to it is right.
 */
export function factsToAsk(
  { knownFacts }: Pick<ClaimRules, 'knownFacts'>,
  { knownFacts: onRecord = {}, emailVerified }: Recipient,
  provedBy: ProofKind,
): readonly string[] {
  const unverified = provedBy === 'email-code' && emailVerified !== true;
  return unverified ? [...new Set([...knownFacts, ...Object.keys(onRecord)])] : knownFacts;
}

/** Whether all answers are right. All are compared, in constant time: nobody learns which one was wrong. */
export function areRight(
  names: readonly string[],
  { knownFacts = {} }: Recipient,
  answerTo: (name: string) => string,
): boolean {
  return names.reduce((right, name) => isSame(knownFacts[name] ?? '', answerTo(name)) && right, true);
}

function isSame(stored: string, answer: string): boolean {
  const wanted = normalFact(stored);
  return timingSafeEqual(digest(wanted), digest(normalFact(answer.slice(0, 400)))) && wanted !== '';
}

/** Spelling that people do not remember does not count: case, width, spaces, dots, dashes and slashes. */
function normalFact(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s.\-/]/g, '');
}

function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
