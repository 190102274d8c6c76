import type { VerificationChanges, VerificationReads } from '../verifications.ts';

/** Tables of the verify flow. */
export function verificationTables() {
  return {};
}

/** Look-ups of the verify flow. */
export function verificationReads(): VerificationReads {
  return {};
}

/** Changes of the verify flow. */
export function verificationChanges(): VerificationChanges {
  return {};
}
