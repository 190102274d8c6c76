import type { VerificationChanges, VerificationReads } from '../store/verifications.ts';
import type { Run } from './sql.ts';

/** Look-ups of the verify flow. */
export function verificationReads(_run: Run, _schema: string): VerificationReads {
  return {};
}

/** Changes of the verify flow. */
export function verificationChanges(_run: Run, _schema: string): VerificationChanges {
  return {};
}
