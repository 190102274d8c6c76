import { timingSafeEqual } from 'node:crypto';
import { ConfigurationError } from '@seek-pass-kit/core';
import { subjectHash } from '../awards/recipient-identity.ts';
import type { AwardRow, RecipientRow } from '../store/rows.ts';
import { problemAnswer } from './answers.ts';
import type { Visit } from './claim-desk.ts';
import { type HostPerson, isHostProof } from './claim-handler-options.ts';
import { startPath } from './claim-paths.ts';
import type { ClaimSession } from './claim-session.ts';
import { mayClaim } from './handoff-step.ts';
import { askHost } from './host-word.ts';
import type { KnownRecipient } from './known-recipient.ts';
import { seeOther } from './page-answers.ts';

/**
 * Who is signed in at the host; `undefined`: nobody, or the settings ask for another proof.
 *
 * @throws {ConfigurationError} `invalid_configuration` when what the host gives is no person: it must not pass for nobody.
 * @throws {HostFailure} when it throws, or says nothing for ten seconds.
 */
export async function hostPersonOf({ desk, request, connection }: Visit): Promise<HostPerson | undefined> {
  const { proof } = desk.rules;
  if (!isHostProof(proof)) return undefined;
  const person = await askHost('proof.host', desk.context.clock, () => proof.host(request, connection));
  if (person === undefined) return undefined;
  const subject: unknown = person?.subject;
  if (typeof subject === 'string' && subject !== '') return person;
  throw new ConfigurationError(
    'proof.host gave a person without a subject: give { subject } with your own stable id as text, or undefined when nobody is signed in.',
  );
}

/**
 * On a shared computer whoever was proved by the host's sign-in may have signed out since, or somebody else in; whom it handed over may not
 * claim any more. Then this is the answer to them, and nothing of the recipient is in it. `undefined`: it is still the recipient, or the
 * proof was another one.
 *
 * @param wanted the award that is to be added, when it is not the one that the proof was for.
 */
export async function refuseSuccessor(
  visit: Visit,
  { row, award }: ClaimSession,
  recipient: KnownRecipient,
  wanted: AwardRow = award,
): Promise<Response | undefined> {
  if (row.provedBy !== 'host') return undefined;
  if (visit.desk.rules.handoff !== undefined) {
    return (await mayClaim(visit, recipient, wanted)) ? undefined : problemAnswer(visit, 'wrong_person');
  }
  const person = await hostPersonOf(visit);
  if (person !== undefined && isSamePerson(visit, person, recipient.row)) return undefined;
  const signIn = person === undefined && visit.request.method !== 'POST' && leadToSignIn(visit, award.id);
  return signIn || problemAnswer(visit, 'wrong_person');
}

/** Leads to the sign-in of the host, which leads back to the page of this award. On a GET only: a form could not lead to another origin. */
export function leadToSignIn(visit: Visit, awardId: string): Response | undefined {
  const { desk } = visit;
  const { proof } = desk.rules;
  if (!isHostProof(proof)) return undefined;
  const signIn = proof.signInUrl?.(desk.origin + startPath(desk, awardId));
  return signIn === undefined ? undefined : seeOther(visit, signIn);
}

/** Whether the host's sign-in is the recipient's, by its own stable id, and nobody else's in its name (security rule 23). */
export async function isHostPerson(visit: Visit, recipient: RecipientRow): Promise<boolean> {
  const person = await hostPersonOf(visit);
  return person !== undefined && isSamePerson(visit, person, recipient);
}

/** As {@link isHostPerson}, when the host was asked. */
export function isSamePerson(
  { desk }: Visit,
  { subject, impersonatedBy }: HostPerson,
  { subjectHash: stored }: RecipientRow,
): boolean {
  if (impersonatedBy !== undefined || stored === null) return false;
  return timingSafeEqual(stored, subjectHash(desk.context, subject));
}
