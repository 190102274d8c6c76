import type { Submission, SubmissionKind } from '../world/submission.ts';
import type { Verification } from '../world/verification.ts';

/**
 * The last part of the path of an add link (docs: "Redirect user" for the first three and "Batch field descriptions"; the
 * others follow the same pattern by assumption `redirect_types`).
 */
const redirectType: { readonly [K in SubmissionKind]: string } = {
  education: 'education',
  english_proficiency: 'englishProficiency',
  microcredential: 'microcredential',
  batch: 'batch',
  digital_identity: 'digitalIdentity',
  right_to_work: 'rightToWork',
  career_history: 'careerHistory',
  universal_credential: 'universalCredential',
};

/** The link a learner is sent to: path, then a hash with query-style parameters (docs: "Redirect user"). */
export function addRedirectUri(baseUrl: string, submission: Submission): string {
  const documentType =
    submission.documentType === undefined
      ? ''
      : `&documentType=${encodeURIComponent(submission.documentType)}`;
  const path = `/partner/add/${redirectType[submission.kind]}`;
  return `${baseUrl}${path}#clientId=${encodeURIComponent(submission.clientId)}${documentType}&content=${submission.contentId}`;
}

/** The link of a verification; its form is not documented (assumption `verify_redirect`). */
export function verifyRedirectUri(baseUrl: string, verification: Verification): string {
  const clientId = encodeURIComponent(verification.clientId);
  return `${baseUrl}/partner/verify/digitalIdentity#clientId=${clientId}&content=${verification.contentId}`;
}
