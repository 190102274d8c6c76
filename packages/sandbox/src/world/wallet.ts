import type { CredentialType } from '../shapes.ts';
import type { Submission } from './submission.ts';
import type { Submissions } from './submissions.ts';
import { submittedCredentials } from './submitted-credential.ts';
import type { SubmittedCredential } from './submitted-credential.ts';

/** A credential in a learner's wallet. */
export interface WalletCredential extends SubmittedCredential {
  readonly submission: Submission;
  /** How many earlier versions it replaced. */
  readonly replaced: number;
}

/**
 * Fields that must stay equal for a new version to replace the old one (docs: "Redirect user"). For the other types
 * nothing is published: there a new one is always a second one (assumption `update_undocumented_types`).
 */
const updateKeys: { readonly [T in CredentialType]?: readonly string[] } = {
  education: ['course_name', 'conferral_year', 'majors', 'with_honours'],
  english_proficiency: ['test_name', 'test_provider'],
  microcredential: ['microcredential_name', 'issuer_name'],
};

/** What a learner's wallet holds, oldest first: accepted, not deleted, not replaced by a newer version. */
export function walletOf(submissions: Submissions, userId: string): readonly WalletCredential[] {
  const held: WalletCredential[] = [];
  const accepted = submissions
    .acceptedBy(userId)
    .toSorted((a, b) => (a.finalizedAt ?? 0) - (b.finalizedAt ?? 0));
  for (const submission of accepted) {
    for (const credential of submittedCredentials(submission)) {
      const key = updateKey(credential, submission);
      const older = key === undefined ? -1 : held.findIndex((one) => updateKey(one, one.submission) === key);
      const replaced = (held[older]?.replaced ?? -1) + 1;
      if (older >= 0) held.splice(older, 1);
      held.push({ ...credential, submission, replaced });
    }
  }
  return held;
}

function updateKey(credential: SubmittedCredential, submission: Submission): string | undefined {
  const names = updateKeys[credential.credentialType];
  if (names === undefined) return undefined;
  // An absent member equals its empty value: "if applicable" in the documentation.
  const values = names.map((name) => {
    const value = credential.fields[name];
    return value === undefined || value === false || (Array.isArray(value) && value.length === 0)
      ? null
      : value;
  });
  return JSON.stringify([submission.clientId, credential.credentialType, ...values]);
}
